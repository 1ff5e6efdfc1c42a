package io.oomstream.diagnosis;

import io.oomstream.block.KernelBlock;
import io.oomstream.diagnosis.blame.BlameFinder;
import io.oomstream.diagnosis.cause.SwapVerdict;
import io.oomstream.diagnosis.context.DiagnosisContext;
import io.oomstream.diagnosis.context.EventIds;
import io.oomstream.diagnosis.context.Findings;
import io.oomstream.event.KillEvent;
import io.oomstream.event.section.Blame;
import io.oomstream.event.section.Swap;
import io.oomstream.event.section.Tasks;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One event for each process that the report says was killed. */
final class KillEvents {

  private KillEvents() {}

  static List<Findings.Kill> of(DiagnosisContext c, String hostKey, CauseRules.Verdict verdict) {
    KernelBlock block = c.block();
    List<Findings.Kill> events = new ArrayList<>();
    Tasks tasks = cut(block.tasks(), c.thresholds().taskRows());
    Swap swap = SwapVerdict.of(c).toEvent();
    for (KernelBlock.Kill kill : block.kills()) {
      Blame blame = BlameFinder.of(c, verdict.primary(), kill);
      KillEvent event =
          new KillEvent(
              KillEvent.SCHEMA_VERSION,
              block.host(),
              kill.time(),
              kill.kernelTimeUs(),
              kill.victim(),
              kill.reason(),
              kill.reaper(),
              block.trigger(),
              kill.scope(),
              kill.workload(),
              block.memory(),
              block.memcg(),
              tasks,
              block.slab(),
              block.callTrace(),
              CauseText.of(c, verdict, kill, blame),
              block.info(),
              block.provenance(),
              blame,
              swap,
              null);
      events.add(new Findings.Kill(EventIds.ofKill(hostKey, kill.line()), event));
    }
    return List.copyOf(events);
  }

  private static @Nullable Tasks cut(@Nullable Tasks tasks, int rows) {
    if (tasks == null || tasks.rows().size() <= rows) {
      return tasks;
    }
    return new Tasks(
        tasks.count(), List.copyOf(tasks.rows().subList(0, rows)), tasks.byComm(), tasks.totals());
  }
}

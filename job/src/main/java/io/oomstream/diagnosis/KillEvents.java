package io.oomstream.diagnosis;

import io.oomstream.block.KernelBlock;
import io.oomstream.diagnosis.blame.BlameFinder;
import io.oomstream.diagnosis.blame.KillSeverity;
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

/** One event for each process that the block says was killed. */
final class KillEvents {

  private KillEvents() {}

  static List<Findings.Kill> of(DiagnosisContext c, String hostKey, CauseRules.Verdict verdict) {
    KernelBlock block = c.block();
    List<Findings.Kill> events = new ArrayList<>();
    Swap swap = SwapVerdict.of(c).toEvent();
    for (KernelBlock.Kill kill : block.kills()) {
      Blame blame = BlameFinder.of(c, verdict.primary(), kill);
      String id = EventIds.ofKill(hostKey, kill.line());
      Tasks tasks = block.tasks();
      int rows = c.thresholds().taskRows();
      KillEvent event =
          new KillEvent(
              KillEvent.SCHEMA_VERSION,
              id,
              KillSeverity.of(kill, blame.role(), c.thresholds()),
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
              tasks == null ? null : tasks.first(rows, rows, kill.victim().pid()),
              block.slab(),
              block.callTrace(),
              CauseText.of(c, verdict, kill, blame),
              block.info(),
              block.provenance(),
              blame,
              swap,
              null,
              kill.knownBy());
      events.add(new Findings.Kill(id, event));
    }
    return List.copyOf(events);
  }
}

package io.oomstream.diagnosis;

import io.oomstream.block.KernelBlock;
import io.oomstream.event.KillEvent;
import io.oomstream.event.Tasks;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One event for each process that the report says was killed. */
final class KillEvents {

  private KillEvents() {}

  static List<Findings.Kill> of(
      KernelBlock block,
      String hostKey,
      CauseRules.Verdict verdict,
      WatermarkNote note,
      int taskRows) {
    List<Findings.Kill> events = new ArrayList<>();
    Tasks tasks = cut(block.tasks(), taskRows);
    for (KernelBlock.Kill kill : block.kills()) {
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
              CauseText.of(verdict, note, block, kill),
              block.info(),
              block.provenance());
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

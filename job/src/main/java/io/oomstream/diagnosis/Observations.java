package io.oomstream.diagnosis;

import io.oomstream.assemble.segment.ClassifiedLine;
import io.oomstream.block.KernelBlock;
import io.oomstream.diagnosis.context.DiagnosisContext;
import io.oomstream.diagnosis.context.Findings;
import io.oomstream.diagnosis.context.Observation;
import io.oomstream.diagnosis.context.Usage;
import io.oomstream.event.section.KillReason;
import io.oomstream.event.section.Memory;
import io.oomstream.event.section.Slab;
import io.oomstream.event.section.Tasks;
import io.oomstream.event.section.Workload;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the detectors over windows need of a block. */
final class Observations {

  private static final String TASK_STRUCT = "task_struct";

  private Observations() {}

  static @Nullable Observation of(DiagnosisContext c, String hostKey, List<Findings.Kill> kills) {
    KernelBlock block = c.block();
    Observation.MemorySample sample = sample(c);
    List<Observation.KillSeen> seen = kills(block, kills);
    if (seen.isEmpty() && sample == null) {
      return null;
    }
    ClassifiedLine last = block.lines().get(block.lines().size() - 1);
    return new Observation(
        hostKey,
        block.host(),
        last.line().timestamp(),
        block.time(),
        block.kernelTimeUs(),
        seen,
        sample,
        block.info(),
        block.provenance(),
        counted(block));
  }

  /**
   * Kills that the kernel counts in {@code /proc/vmstat}: every line of {@code mm/oom_kill.c:
   * __oom_kill_process}, and none for those who only share the victim's memory.
   */
  private static int counted(KernelBlock block) {
    return (int)
        block.kills().stream().filter(kill -> kill.reason() != KillReason.SHARES_MEMORY).count();
  }

  /**
   * A group that dies as a whole, and those who share the victim's memory, are one incident; the
   * first of a group is printed twice.
   */
  private static List<Observation.KillSeen> kills(KernelBlock block, List<Findings.Kill> events) {
    List<Observation.KillSeen> seen = new ArrayList<>();
    Set<Long> pids = new HashSet<>();
    for (int i = 0; i < events.size(); i++) {
      KernelBlock.Kill kill = block.kills().get(i);
      boolean follows =
          !seen.isEmpty()
              && (kill.reason() == KillReason.OOM_GROUP
                  || kill.reason() == KillReason.SHARES_MEMORY);
      Long pid = kill.victim().pid();
      if (!follows && (pid == null || pids.add(pid))) {
        seen.add(
            new Observation.KillSeen(events.get(i).id(), workload(kill), kill.victim().comm()));
      }
    }
    return List.copyOf(seen);
  }

  private static @Nullable String workload(KernelBlock.Kill kill) {
    Workload workload = kill.workload();
    if (workload != null && workload.key() != null) {
      return workload.key();
    }
    String cgroup = kill.scope().taskCgroup();
    return cgroup == null || cgroup.equals("/") || cgroup.isEmpty() ? null : cgroup;
  }

  private static Observation.@Nullable MemorySample sample(DiagnosisContext c) {
    Memory memory = c.block().memory();
    if (memory == null) {
      return null;
    }
    Map<String, Long> caches = new LinkedHashMap<>();
    Slab slab = c.block().slab();
    if (slab != null) {
      slab.unreclaimable().forEach(cache -> caches.putIfAbsent(cache.cache(), cache.totalBytes()));
    }
    Usage usage = c.usage();
    Tasks tasks = c.isMemcg() ? null : c.block().tasks();
    return new Observation.MemorySample(
        usage.managed(),
        caches.get(TASK_STRUCT),
        usage.kernelStack(),
        usage.unreclaimableSlab(),
        tasks == null ? null : Long.valueOf(tasks.count()),
        usage.pageTables(),
        Map.copyOf(caches));
  }
}

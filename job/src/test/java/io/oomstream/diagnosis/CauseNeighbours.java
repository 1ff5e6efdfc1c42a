package io.oomstream.diagnosis;

import com.fasterxml.jackson.databind.JsonNode;
import io.oomstream.diagnosis.signal.KnownCaller;
import io.oomstream.event.section.Cause;
import io.oomstream.lab.LabLogs;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeSet;

/**
 * Each cause with the lab's scenarios that were built for it, and how it differs from its
 * neighbour.
 */
final class CauseNeighbours {

  private static final Map<Cause.Kind, String> DIFFERS = new EnumMap<>(Cause.Kind.class);

  static {
    differs(
        Cause.Kind.MEMORY_EXHAUSTED,
        "UNACCOUNTED_KERNEL_MEMORY: pages of processes are in the counters, and they hold half of"
            + " memory or are the largest use of it");
    differs(
        Cause.Kind.MEMCG_LIMIT,
        "MEMORY_EXHAUSTED: the kernel names the group, and the machine's memory is not looked at");
    differs(
        Cause.Kind.KERNEL_SLAB_LEAK, "FORK_BOMB: slab without a crowd of tasks that would need it");
    differs(
        Cause.Kind.FORK_BOMB,
        "PAGE_TABLE_BLOAT and KERNEL_SLAB_LEAK: many small tasks of one family, whose page tables,"
            + " stacks and task structures are each only a part");
    differs(
        Cause.Kind.PAGE_TABLE_BLOAT,
        "MEMORY_EXHAUSTED: page tables hold more than the biggest process' own pages");
    differs(
        Cause.Kind.SHMEM_OR_TMPFS,
        "MEMORY_EXHAUSTED: the pages belong to files and segments, and stay when processes die");
    differs(
        Cause.Kind.LOCKED_OR_UNEVICTABLE,
        "MEMORY_EXHAUSTED: the pages are on the unevictable list, which neither swap nor reclaim"
            + " touches");
    differs(
        Cause.Kind.HUGE_PAGES_RESERVED,
        "UNACCOUNTED_KERNEL_MEMORY: the pools' own lines say how much of it nobody uses");
    differs(
        Cause.Kind.FRAGMENTATION,
        "ZONE_EXHAUSTED: a zone passes its min mark, and only blocks of the order are missing");
    differs(
        Cause.Kind.ZONE_EXHAUSTED,
        "MEMORY_EXHAUSTED: a zone above the request's has free memory over its high mark");
    differs(
        Cause.Kind.CPUSET_OR_POLICY,
        "ZONE_EXHAUSTED: the kernel names the constraint, and other nodes have free memory");
    differs(
        Cause.Kind.UNACCOUNTED_KERNEL_MEMORY,
        "HUGE_PAGES_RESERVED: the pools are shown and empty, or the kernel prints none in a whole"
            + " block");
    differs(Cause.Kind.SWAP_EXHAUSTED, "never a cause by itself: what filled swap is");
    differs(Cause.Kind.MANUAL_SYSRQ, "all others: somebody asked, memory need not be short");
    differs(
        Cause.Kind.UNDETERMINED,
        "all others: a section is missing, memory was not short, or no use of it stands out; the"
            + " event says which");
    differs(
        Cause.Kind.WATERMARK_TOO_HIGH,
        "MEMORY_EXHAUSTED: the min marks are a tenth of memory, and half of that is free");
    differs(
        Cause.Kind.CMA_RESERVED,
        "ZONE_EXHAUSTED: the zone's own free memory would do if it were not CMA");
    differs(
        Cause.Kind.WRITEBACK_STALLED,
        "MEMORY_EXHAUSTED: file pages that could be dropped, were they written");
    differs(
        Cause.Kind.BALLOONED,
        "UNACCOUNTED_KERNEL_MEMORY: since 6.16 the balloon's pages have a counter");
    differs(
        Cause.Kind.DRIVER_MEMORY,
        "UNACCOUNTED_KERNEL_MEMORY: since 7.x graphics memory has counters");
    differs(
        Cause.Kind.COMPRESSED_SWAP,
        "SWAP_EXHAUSTED: the compressed pages themselves are in memory");
    differs(
        Cause.Kind.PROTECTED_MEMORY,
        "MEMORY_EXHAUSTED: reclaim passes over the groups that memory.min and memory.low name");
    differs(
        Cause.Kind.NETWORK_BUFFERS,
        "KERNEL_MEMORY: the group's sock counter, which kernel does not hold");
    differs(
        Cause.Kind.KERNEL_MEMORY,
        "KERNEL_SLAB_LEAK: kernel memory of the group of several kinds, or of a kind that is not"
            + " printed");
  }

  private CauseNeighbours() {}

  private static void differs(Cause.Kind kind, String how) {
    DIFFERS.put(kind, how);
  }

  /** The table, with its heads. */
  static String table() {
    Map<Cause.Kind, TreeSet<String>> scenarios = new EnumMap<>(Cause.Kind.class);
    for (LabLogs.LabLog log : LabLogs.all()) {
      JsonNode cause = log.truth().path("expect").path("cause");
      if (cause.isTextual()) {
        scenarios
            .computeIfAbsent(Cause.Kind.valueOf(cause.asText()), k -> new TreeSet<>())
            .add(log.scenario());
      }
    }
    StringBuilder out =
        new StringBuilder(
            "| cause | built in the lab as | differs from its neighbour |\n|---|---|---|\n");
    for (Cause.Kind kind : Cause.Kind.values()) {
      String how = DIFFERS.get(kind);
      if (how == null) {
        throw new AssertionError("CauseNeighbours must say how " + kind + " differs from others");
      }
      TreeSet<String> built = scenarios.getOrDefault(kind, new TreeSet<>());
      out.append("| ").append(kind).append(" | ");
      out.append(built.isEmpty() ? "–" : String.join(", ", built));
      out.append(" | ").append(how).append(" |\n");
    }
    return out.toString();
  }

  /** Callers whose failed allocations have a known outcome. */
  static String callers() {
    StringBuilder out =
        new StringBuilder("| caller | outcome | where the kernel does it |\n|---|---|---|\n");
    for (KnownCaller caller : KnownCaller.values()) {
      out.append("| `" + caller.functions().get(0) + "` | " + caller.judgement() + " | ");
      out.append(caller.source()).append(" |\n");
    }
    return out.toString();
  }
}

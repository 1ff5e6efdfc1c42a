package io.oomstream.diagnosis;

import io.oomstream.event.Cause;
import io.oomstream.event.Evidence;
import io.oomstream.event.Tasks;
import io.oomstream.kernel.LineRule;
import io.oomstream.kernel.Section;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Processes used up memory, and nothing more specific stands out. */
record ExhaustedRule() implements CauseRule {

  /** Processes must hold half of memory, or more than anything else that is counted. */
  private static final double PROCESS_SHARE = 0.5;

  @Override
  public Cause.Kind kind() {
    return Cause.Kind.MEMORY_EXHAUSTED;
  }

  @Override
  public Set<Section> needs() {
    return Set.of(Section.MEM_INFO);
  }

  @Override
  public @Nullable Finding find(Case c) {
    Usage usage = c.usage();
    Long anon = usage.anon();
    if (!c.isGlobal() || anon == null || usage.managed() == null || hasRoom(c)) {
      return null;
    }
    long processes = anon + or0(usage.shmem()) + or0(usage.unevictable()) + or0(usage.pageTables());
    Double share = usage.share(processes);
    if (share == null || (share < PROCESS_SHARE && !isLargest(anon, usage))) {
      return null;
    }
    List<Evidence> evidence = new ArrayList<>();
    evidence.add(Facts.bytes("anonymous memory", anon, c.block().lineOf(LineRule.TOTALS_ANON)));
    evidence.add(
        Facts.share(
            "memory of processes, share of managed memory",
            share,
            PROCESS_SHARE,
            c.block().lineOf(LineRule.TOTALS_ANON)));
    Long free = usage.free();
    if (free != null) {
      evidence.add(Facts.bytes("free memory", free, ReportLines.ofCounter(c.block(), "free")));
    }
    String who = "";
    Tasks.Row biggest = usage.biggest();
    if (biggest != null && biggest.rssBytes() != null) {
      String name = biggest.comm() + " (pid " + biggest.pid() + ")";
      evidence.add(
          Facts.bytes(
              "resident memory of " + name, biggest.rssBytes(), ShareRules.taskLine(c, biggest)));
      who = ", most of all " + name + " with " + HumanUnits.bytes(biggest.rssBytes());
    }
    return new Finding(
        kind(),
        Rank.EXHAUSTED,
        processes,
        List.copyOf(evidence),
        "Processes used up memory: they hold "
            + HumanUnits.bytes(processes)
            + " ("
            + HumanUnits.percent(share)
            + ")"
            + who,
        biggest == null
            ? "find the process that grows, and bound it or add memory"
            : "find why " + biggest.comm() + " needs so much, and bound it or add memory");
  }

  private static boolean isLargest(long anon, Usage usage) {
    return anon > or0(usage.unreclaimableSlab())
        && anon > or0(usage.unaccounted())
        && anon > or0(usage.unusedHugePages())
        && anon > or0(usage.kernelStack());
  }

  /** Free memory that this very request could have had speaks against exhaustion. */
  private static boolean hasRoom(Case c) {
    Double share = c.usage().share(c.zones().usableFreeBytes());
    return share != null && share >= c.thresholds().usableFreeShare();
  }

  private static long or0(@Nullable Long value) {
    return value == null ? 0 : value;
  }
}

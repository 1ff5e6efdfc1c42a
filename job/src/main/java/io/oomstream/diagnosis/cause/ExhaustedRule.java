package io.oomstream.diagnosis.cause;

import io.oomstream.diagnosis.context.BlockLines;
import io.oomstream.diagnosis.context.DiagnosisContext;
import io.oomstream.diagnosis.context.Facts;
import io.oomstream.diagnosis.context.FamilySums;
import io.oomstream.diagnosis.context.HumanUnits;
import io.oomstream.diagnosis.context.Usage;
import io.oomstream.event.section.Blame;
import io.oomstream.event.section.Cause;
import io.oomstream.event.section.Evidence;
import io.oomstream.event.section.Tasks;
import io.oomstream.kernel.LineRule;
import io.oomstream.kernel.Section;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Processes used up memory, and nothing more specific stands out. */
public record ExhaustedRule() implements CauseRule {

  @Override
  public Cause.Kind kind() {
    return Cause.Kind.MEMORY_EXHAUSTED;
  }

  @Override
  public Set<Section> needs() {
    return Set.of(Section.MEM_INFO);
  }

  @Override
  public @Nullable Finding find(DiagnosisContext c) {
    Usage usage = c.usage();
    Long anon = usage.anon();
    if (!c.isGlobal() || anon == null || usage.managed() == null || hasRoom(c)) {
      return null;
    }
    long processes = anon + or0(usage.shmem()) + or0(usage.unevictable()) + or0(usage.pageTables());
    Double share = usage.share(processes);
    double needed = c.thresholds().shortage().processShare();
    if (share == null || (share < needed && !isLargest(anon, usage))) {
      return null;
    }
    List<Evidence> evidence = new ArrayList<>();
    evidence.add(
        Facts.share(
            c.say("fact.processes.share"), share, needed, c.block().lineOf(LineRule.TOTALS_ANON)));
    evidence.add(Facts.bytes(c.say("fact.anon"), anon, c.block().lineOf(LineRule.TOTALS_ANON)));
    Long free = usage.free();
    if (free != null) {
      evidence.add(Facts.bytes(c.say("fact.free"), free, BlockLines.ofCounter(c.block(), "free")));
    }
    List<String> why = new ArrayList<>();
    why.add(
        c.say(
            "cause.exhausted",
            "bytes",
            HumanUnits.bytes(processes),
            "share",
            HumanUnits.percent(share)));
    Tasks.Row biggest = usage.biggest();
    Blame.Party family = FamilySums.biggest(c);
    Long held = family == null ? null : family.residentBytes();
    long alone = biggest == null || biggest.rssBytes() == null ? 0 : biggest.rssBytes();
    if (family != null
        && family.count() != null
        && family.count() > 1
        && held != null
        && usage.biggest() != null
        && held > 2 * alone
        && held >= processes * c.thresholds().victim().bystanderShare()) {
      String together = HumanUnits.bytes(held);
      evidence.add(
          Facts.bytes(
              c.say("fact.rss-of", "who", String.valueOf(family.name())),
              held,
              BlockLines.containing(c.block(), Section.TASKS, " " + family.name())));
      why.add(
          c.say(
              "cause.exhausted.family",
              "family",
              String.valueOf(family.name()),
              "count",
              family.count(),
              "bytes",
              together,
              "swap",
              HumanUnits.bytes(or0(family.swapBytes())),
              "tables",
              HumanUnits.bytes(or0(family.pageTableBytes()))));
      return finding(
          processes,
          evidence,
          why,
          c.advice(
              "exhausted.family",
              "family",
              String.valueOf(family.name()),
              "count",
              family.count(),
              "bytes",
              together,
              "managed",
              managed(usage)));
    }
    if (biggest == null
        || biggest.rssBytes() == null
        || biggest.rssBytes() < processes * c.thresholds().victim().bystanderShare()) {
      return finding(processes, evidence, why, c.advice("exhausted", figures(processes, usage)));
    }
    String rss = HumanUnits.bytes(biggest.rssBytes());
    evidence.add(
        Facts.bytes(
            c.say("fact.rss-of", "who", c.who(biggest)),
            biggest.rssBytes(),
            ShareRules.taskLine(c, biggest)));
    why.add(c.say("cause.exhausted.most", "who", c.who(biggest), "bytes", rss));
    return finding(
        processes,
        evidence,
        why,
        c.advice("exhausted.by", "who", c.who(biggest), "bytes", rss, "managed", managed(usage)));
  }

  private Finding finding(
      long processes, List<Evidence> evidence, List<String> why, List<String> advice) {
    return new Finding(
        kind(), Rank.EXHAUSTED, processes, List.copyOf(evidence), List.copyOf(why), advice);
  }

  private static Object[] figures(long processes, Usage usage) {
    return new Object[] {"bytes", HumanUnits.bytes(processes), "managed", managed(usage)};
  }

  private static String managed(Usage usage) {
    return HumanUnits.bytes(or0(usage.managed()));
  }

  /** What is not known might be more: without it half of memory is asked for. */
  private static boolean isLargest(long anon, Usage usage) {
    return usage.unaccounted() != null
        && anon > or0(usage.free())
        && anon > or0(usage.counted("file"))
        && anon > or0(usage.counted("slabReclaimable"))
        && anon > or0(usage.counted("slab"))
        && anon > or0(usage.unreclaimableSlab())
        && anon > or0(usage.unaccounted())
        && anon > or0(usage.unusedHugePages())
        && anon > or0(usage.kernelStack());
  }

  /**
   * Free memory that this very request could have had speaks against exhaustion, and so does free
   * memory in zones that the block does not show. Where the kernel's check can't be replayed, all
   * that is free might have been had.
   */
  private static boolean hasRoom(DiagnosisContext c) {
    double limit = c.thresholds().shortage().usableFreeShare();
    Long counts = c.zones().usableFreeBytes();
    Double usable = c.usage().share(counts != null ? counts : c.usage().free());
    Double hidden = c.usage().share(c.zones().hiddenFreeBytes());
    return (usable != null && usable >= limit) || (hidden != null && hidden >= limit);
  }

  private static long or0(@Nullable Long value) {
    return value == null ? 0 : value;
  }

  @Override
  public About about() {
    return new About(
        "exhausted",
        "processes (anonymous, shared and locked pages, page tables) use `diagnose.process-share`"
            + " of managed memory, or anonymous memory is the largest use and every other use is"
            + " known; and no more than `diagnose.usable-free-share` is free for the request or in"
            + " zones that the block does not show",
        List.of("fact.processes.share", "fact.anon", "fact.free", "fact.rss-of"),
        "EXHAUSTED: every more specific cause ranks higher",
        "mm/oom_kill.c: out_of_memory");
  }
}

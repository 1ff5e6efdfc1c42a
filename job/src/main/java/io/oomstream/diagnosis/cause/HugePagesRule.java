package io.oomstream.diagnosis.cause;

import io.oomstream.diagnosis.context.BlockLines;
import io.oomstream.diagnosis.context.DiagnosisContext;
import io.oomstream.diagnosis.context.Facts;
import io.oomstream.diagnosis.context.HumanUnits;
import io.oomstream.event.section.Cause;
import io.oomstream.kernel.LineRule;
import io.oomstream.kernel.Section;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Memory set aside as huge pages that nobody uses. Unlike the other shares it is primary however
 * much the biggest process holds: this memory serves no one.
 */
public record HugePagesRule() implements CauseRule {

  @Override
  public Cause.Kind kind() {
    return Cause.Kind.HUGE_PAGES_RESERVED;
  }

  @Override
  public Set<Section> needs() {
    return Set.of(Section.HUGE_PAGES);
  }

  @Override
  public @Nullable Finding find(DiagnosisContext c) {
    Long unused = c.usage().unusedHugePages();
    Double share = c.usage().share(unused);
    double limit = c.thresholds().uses().hugePageShare();
    if (!c.isGlobal() || unused == null || unused <= 0 || share == null || share < limit) {
      return null;
    }
    String line = nonZero(c);
    String bytes = HumanUnits.bytes(unused);
    return new Finding(
        kind(),
        Rank.SHARE,
        Long.MAX_VALUE,
        List.of(
            Facts.share(c.say("fact.huge-pages.share"), share, limit, line),
            Facts.bytes(c.say("fact.huge-pages"), unused, line)),
        List.of(c.say("cause.huge-pages", "bytes", bytes, "share", HumanUnits.percent(share))),
        c.advice("huge-pages", "bytes", bytes));
  }

  /** The first line that reserves any. */
  private static @Nullable String nonZero(DiagnosisContext c) {
    return c.block().lines().stream()
        .filter(l -> l.rule() == LineRule.HUGE_PAGES && !l.text().contains("hugepages_free=0 "))
        .findFirst()
        .map(l -> l.text())
        .orElseGet(() -> BlockLines.containing(c.block(), Section.HUGE_PAGES, "hugepages_free="));
  }

  @Override
  public About about() {
    return new About(
        "huge-pages",
        "unused huge pages are at least `diagnose.huge-page-share` of managed memory",
        List.of("fact.huge-pages.share", "fact.huge-pages"),
        "SHARE, before all others of that rank: nobody uses this memory",
        "mm/hugetlb.c: hugetlb_show_meminfo_node");
  }
}

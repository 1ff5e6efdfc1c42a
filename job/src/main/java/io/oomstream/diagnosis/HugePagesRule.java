package io.oomstream.diagnosis;

import io.oomstream.event.Cause;
import io.oomstream.kernel.LineRule;
import io.oomstream.kernel.Section;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Memory set aside as huge pages that nobody uses. Unlike the other shares it is primary however
 * much the biggest process holds: this memory serves no one.
 */
record HugePagesRule() implements CauseRule {

  @Override
  public Cause.Kind kind() {
    return Cause.Kind.HUGE_PAGES_RESERVED;
  }

  @Override
  public Set<Section> needs() {
    return Set.of(Section.HUGE_PAGES);
  }

  @Override
  public @Nullable Finding find(Case c) {
    Long unused = c.usage().unusedHugePages();
    Double share = c.usage().share(unused);
    double limit = c.thresholds().hugePageShare();
    if (!c.isGlobal() || unused == null || share == null || share < limit) {
      return null;
    }
    String line = ReportLines.containing(c.block(), Section.HUGE_PAGES, "hugepages_free=");
    return new Finding(
        kind(),
        Rank.SHARE,
        Long.MAX_VALUE,
        List.of(
            Facts.bytes("unused huge pages", unused, nonZero(c, line)),
            Facts.share(
                "unused huge pages, share of managed memory", share, limit, nonZero(c, line))),
        HumanUnits.bytes(unused)
            + " ("
            + HumanUnits.percent(share)
            + " of memory) are reserved as huge pages and unused, so that ordinary processes run short",
        "lower vm.nr_hugepages");
  }

  /** The first line that reserves any. */
  private static @Nullable String nonZero(Case c, @Nullable String otherwise) {
    return c.block().lines().stream()
        .filter(l -> l.rule() == LineRule.HUGE_PAGES && !l.text().contains("hugepages_free=0 "))
        .findFirst()
        .map(l -> l.text())
        .orElse(otherwise);
  }
}

package io.oomstream.diagnosis;

import io.oomstream.event.Cause;
import io.oomstream.kernel.Section;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A request for several pages in one piece, and only small pieces are free. */
record FragmentationRule() implements CauseRule {

  @Override
  public Cause.Kind kind() {
    return Cause.Kind.FRAGMENTATION;
  }

  @Override
  public Set<Section> needs() {
    return Set.of(Section.ZONES, Section.FREE_LISTS);
  }

  @Override
  public @Nullable Finding find(Case c) {
    Fragmentation found = Fragmentation.of(c.zones(), c.block().trigger());
    if (found == null || c.isMemcg()) {
      return null;
    }
    return new Finding(
        kind(),
        Rank.STRUCTURE,
        found.freeBytes(),
        List.of(
            Facts.bytes(
                "usable free in zone " + ZoneView.name(found.zone()),
                found.freeBytes(),
                found.minBytes(),
                ReportLines.ofZone(c.block(), found.zone())),
            Facts.count(
                "largest free order",
                found.largestOrder(),
                found.order(),
                ReportLines.ofFreeList(c.block(), found.zone()))),
        found.sentence(),
        "raise vm.min_free_kbytes, compact memory, or avoid the large request");
  }
}

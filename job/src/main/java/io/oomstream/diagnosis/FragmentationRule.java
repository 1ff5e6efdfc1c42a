package io.oomstream.diagnosis;

import io.oomstream.event.Cause;
import io.oomstream.kernel.Section;
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
        found.evidence(c.block()),
        found.sentence(),
        "raise vm.min_free_kbytes, compact memory, or avoid the large request");
  }
}

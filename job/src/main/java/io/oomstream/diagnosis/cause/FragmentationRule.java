package io.oomstream.diagnosis.cause;

import io.oomstream.diagnosis.context.DiagnosisContext;
import io.oomstream.diagnosis.context.Fragmentation;
import io.oomstream.event.section.Cause;
import io.oomstream.event.section.Trigger;
import io.oomstream.kernel.Section;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A request for several pages in one piece, and only small pieces are free. */
public record FragmentationRule() implements CauseRule {

  @Override
  public Cause.Kind kind() {
    return Cause.Kind.FRAGMENTATION;
  }

  @Override
  public Set<Section> needs() {
    return Set.of(Section.ZONES, Section.FREE_LISTS);
  }

  @Override
  public boolean matters(DiagnosisContext c) {
    Trigger trigger = c.block().trigger();
    return trigger == null || trigger.order() == null || trigger.order() >= 1;
  }

  @Override
  public @Nullable Finding find(DiagnosisContext c) {
    Fragmentation found = Fragmentation.of(c.zones(), c.block().trigger());
    if (found == null || c.isMemcg()) {
      return null;
    }
    return new Finding(
        kind(),
        Rank.STRUCTURE,
        found.freeBytes(),
        found.evidence(c),
        List.of(found.sentence(c)),
        c.advice("fragmentation", "order", found.order()));
  }

  @Override
  public About about() {
    return new About(
        "fragmentation",
        "order 1 or more; a zone passes its min watermark, but no eligible zone has a free block"
            + " of that order that the request may use",
        List.of("fact.zone.usable", "fact.largest-order"),
        "STRUCTURE: memory was free, but the pieces were too small",
        "mm/page_alloc.c: __zone_watermark_ok, the loop over free_area");
  }
}

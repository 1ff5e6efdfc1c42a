package io.oomstream.diagnosis.cause;

import io.oomstream.diagnosis.context.BlockLines;
import io.oomstream.diagnosis.context.DiagnosisContext;
import io.oomstream.diagnosis.context.Facts;
import io.oomstream.diagnosis.context.HumanUnits;
import io.oomstream.diagnosis.context.WatermarkNote;
import io.oomstream.event.section.Cause;
import io.oomstream.event.section.Evidence;
import io.oomstream.event.section.Memory;
import io.oomstream.kernel.Section;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The min watermark is set so high that it keeps back what would have been enough. */
public record MinFreeRule() implements CauseRule {

  @Override
  public Cause.Kind kind() {
    return Cause.Kind.WATERMARK_TOO_HIGH;
  }

  @Override
  public Set<Section> needs() {
    return Set.of(Section.ZONES);
  }

  @Override
  public @Nullable Finding find(DiagnosisContext c) {
    if (!c.isGlobal() || !c.zones().allowedBelowMin()) {
      return null;
    }
    long min = 0;
    long free = 0;
    for (Memory.Zone zone : c.zones().allowed()) {
      Long zoneMin = zone.minBytes();
      Long usable = zone.effectiveFreeBytes();
      min += zoneMin == null ? 0 : zoneMin;
      free += usable == null ? 0 : Math.max(0, usable);
    }
    Double share = c.usage().share(min);
    double limit = c.thresholds().shortage().minFreeShare();
    if (share == null || share < limit || free < min / 2) {
      return null;
    }
    String minText = HumanUnits.bytes(min);
    String freeText = HumanUnits.bytes(free);
    List<Evidence> evidence = new ArrayList<>();
    evidence.add(
        Facts.share(
            c.say("fact.min-free.share"),
            share,
            limit,
            BlockLines.ofZone(c.block(), c.zones().allowed().get(0))));
    evidence.addAll(WatermarkNote.zones(c));
    return new Finding(
        kind(),
        c.usage().isLessThanBiggest(free) ? Rank.CONTRIBUTING : Rank.SHARE,
        free,
        List.copyOf(evidence),
        List.of(
            c.say(
                "cause.min-free",
                "min",
                minText,
                "share",
                HumanUnits.percent(share),
                "free",
                freeText)),
        c.advice("min-free", "min", minText, "free", freeText));
  }

  @Override
  public About about() {
    return new About(
        "min-free",
        "every eligible zone is below its min watermark, these watermarks together are"
            + " `diagnose.min-free-share` of managed memory, and half of that was free for the"
            + " request",
        List.of("fact.min-free.share", "fact.zone.BELOW_MIN"),
        "SHARE if it is more than the ordinary memory of the biggest process, else CONTRIBUTING",
        "mm/page_alloc.c: __setup_per_zone_wmarks, vm.min_free_kbytes");
  }
}

package io.oomstream.diagnosis.cause;

import io.oomstream.diagnosis.context.BlockLines;
import io.oomstream.diagnosis.context.DiagnosisContext;
import io.oomstream.diagnosis.context.Facts;
import io.oomstream.diagnosis.context.HumanUnits;
import io.oomstream.diagnosis.context.WatermarkNote;
import io.oomstream.diagnosis.context.ZoneView;
import io.oomstream.event.section.Cause;
import io.oomstream.event.section.Evidence;
import io.oomstream.event.section.Memory;
import io.oomstream.kernel.Section;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Much memory was free in zones that the request may use, and one of the kernel's reserves kept it
 * back.
 *
 * @param name of its messages
 * @param verdict what the zones said
 * @param kept of a zone's free memory
 */
public record ReserveRule(
    Cause.Kind kind,
    String name,
    Memory.ZoneVerdict verdict,
    Function<Memory.Zone, @Nullable Long> kept,
    String source)
    implements CauseRule {

  public static final ReserveRule CMA =
      new ReserveRule(
          Cause.Kind.CMA_RESERVED,
          "cma",
          Memory.ZoneVerdict.CMA,
          z -> z.check() == null ? null : z.check().cmaBytes(),
          "mm/page_alloc.c: __zone_watermark_unusable_free");

  public static final ReserveRule LOWMEM =
      new ReserveRule(
          Cause.Kind.ZONE_EXHAUSTED,
          "lowmem-reserve",
          Memory.ZoneVerdict.LOWMEM_RESERVE,
          z -> z.check() == null ? null : z.check().lowmemReserveBytes(),
          "mm/page_alloc.c: setup_per_zone_lowmem_reserve");

  @Override
  public Set<Section> needs() {
    return Set.of(Section.ZONES);
  }

  @Override
  public @Nullable Finding find(DiagnosisContext c) {
    if (!c.isGlobal() || !c.zones().allowedBelowMin()) {
      return null;
    }
    long sum = 0;
    List<String> names = new ArrayList<>();
    for (Memory.Zone zone : c.zones().allowed()) {
      Long bytes = kept.apply(zone);
      Long free = zone.freeBytes();
      if (zone.check() != null && zone.check().verdict() == verdict && bytes != null) {
        sum += free == null ? bytes : Math.min(bytes, free);
        names.add(ZoneView.name(zone));
      }
    }
    Double share = c.usage().share(sum);
    double limit = c.thresholds().shortage().usableFreeShare();
    if (names.isEmpty() || share == null || share < limit) {
      return null;
    }
    String zones = String.join(", ", names);
    String bytes = HumanUnits.bytes(sum);
    List<Evidence> evidence = new ArrayList<>();
    evidence.add(
        Facts.share(
            c.say("fact." + name + ".share"),
            share,
            limit,
            BlockLines.ofCounter(c.block(), "free")));
    evidence.addAll(WatermarkNote.zones(c));
    return new Finding(
        kind,
        c.usage().isLessThanBiggest(sum) ? Rank.CONTRIBUTING : Rank.SHARE,
        sum,
        List.copyOf(evidence),
        List.of(
            c.say(
                "cause." + name,
                "zones",
                zones,
                "bytes",
                bytes,
                "share",
                HumanUnits.percent(share))),
        c.advice(name, "zones", zones, "bytes", bytes));
  }

  @Override
  public About about() {
    return new About(
        name,
        "every eligible zone is below its min watermark, and free memory in the reserve alone is"
            + " `diagnose.usable-free-share` of managed memory",
        List.of("fact." + name + ".share", "fact.zone." + verdict),
        "SHARE if it is more than the ordinary memory of the biggest process, else CONTRIBUTING",
        source);
  }
}

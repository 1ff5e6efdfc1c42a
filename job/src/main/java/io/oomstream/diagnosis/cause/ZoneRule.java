package io.oomstream.diagnosis.cause;

import io.oomstream.diagnosis.context.BlockLines;
import io.oomstream.diagnosis.context.DiagnosisContext;
import io.oomstream.diagnosis.context.Facts;
import io.oomstream.diagnosis.context.HumanUnits;
import io.oomstream.diagnosis.context.WatermarkNote;
import io.oomstream.diagnosis.context.ZoneView;
import io.oomstream.event.section.Cause;
import io.oomstream.event.section.Evidence;
import io.oomstream.event.section.Gfp;
import io.oomstream.event.section.Memory;
import io.oomstream.event.section.Trigger;
import io.oomstream.kernel.Section;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The zones that the request may use are under min, while one above them has memory to give. */
public record ZoneRule() implements CauseRule {

  @Override
  public Cause.Kind kind() {
    return Cause.Kind.ZONE_EXHAUSTED;
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
    Memory.Zone other = c.zones().freestOther();
    Long shown = other == null ? null : other.freeBytes();
    long hidden = hiddenAbove(c);
    if (other != null && shown != null && shown >= hidden) {
      return finding(c, ZoneView.name(other), advice(other.name()), shown, other);
    }
    return hidden > 0 ? finding(c, c.say("where.zones-above"), "zone.above", hidden, null) : null;
  }

  /**
   * Free memory of zones that the block leaves out since they lie above the request's: only where
   * no line is lost, and enough of it to be no rounding.
   */
  private static long hiddenAbove(DiagnosisContext c) {
    Long hidden = c.zones().hiddenFreeBytes();
    Double share = c.usage().share(hidden);
    Trigger trigger = c.block().trigger();
    Gfp gfp = trigger == null ? null : trigger.gfp();
    boolean bounded = gfp != null && gfp.zone() != null && !gfp.zone().equals("MOVABLE");
    return bounded
            && c.block().info().complete()
            && hidden != null
            && share != null
            && share >= c.thresholds().shortage().usableFreeShare()
        ? hidden
        : 0;
  }

  private Finding finding(
      DiagnosisContext c, String where, String advice, long free, Memory.@Nullable Zone other) {
    Double share = c.usage().share(free);
    boolean ample = share != null && share >= c.thresholds().shortage().usableFreeShare();
    String names = String.join(", ", c.zones().allowed().stream().map(ZoneView::name).toList());
    String bytes = HumanUnits.bytes(free);
    return new Finding(
        kind(),
        ample ? Rank.STRUCTURE : Rank.CONTRIBUTING,
        free,
        evidence(c, where, free, other),
        List.of(c.say("cause.zone", "zones", names, "other", where, "bytes", bytes)),
        c.advice(advice, "zones", names, "other", where, "bytes", bytes));
  }

  private static String advice(String zone) {
    return switch (zone) {
      case "HighMem" -> "zone.highmem";
      case "Movable" -> "zone.movable";
      default -> "zone.above";
    };
  }

  private static List<Evidence> evidence(
      DiagnosisContext c, String where, long free, Memory.@Nullable Zone other) {
    List<Evidence> evidence = new ArrayList<>();
    Long high = other == null ? null : other.highBytes();
    String fact = c.say("fact.zone.free", "zone", where);
    evidence.add(
        high == null || other == null
            ? Facts.bytes(fact, free, BlockLines.ofCounter(c.block(), "free"))
            : Facts.bytes(fact, free, high, BlockLines.ofZone(c.block(), other)));
    evidence.addAll(WatermarkNote.zones(c));
    return List.copyOf(evidence);
  }

  @Override
  public About about() {
    return new About(
        "zone",
        "every eligible zone is below its min watermark, and a zone above them has more free"
            + " memory than its high watermark (since 6.2 the block does not show such zones: then"
            + " their free memory must be `diagnose.usable-free-share`)",
        List.of("fact.zone.free", "fact.zone.BELOW_MIN"),
        "STRUCTURE if that free memory is `diagnose.usable-free-share` of managed memory, else"
            + " CONTRIBUTING",
        "include/linux/gfp.h: gfp_zone, mm/page_alloc.c: __zone_watermark_ok");
  }
}

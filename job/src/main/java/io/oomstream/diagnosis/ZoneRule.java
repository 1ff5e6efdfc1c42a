package io.oomstream.diagnosis;

import io.oomstream.event.Cause;
import io.oomstream.event.Evidence;
import io.oomstream.event.Memory;
import io.oomstream.kernel.Section;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The zones that the request may use are under min, while one above them has memory to give. */
record ZoneRule() implements CauseRule {

  @Override
  public Cause.Kind kind() {
    return Cause.Kind.ZONE_EXHAUSTED;
  }

  @Override
  public Set<Section> needs() {
    return Set.of(Section.ZONES);
  }

  @Override
  public @Nullable Finding find(Case c) {
    Memory.Zone other = c.zones().freestOther();
    if (!c.zones().allowedBelowMin() || other == null || other.freeBytes() == null) {
      return null;
    }
    long free = other.freeBytes();
    Double share = c.usage().share(free);
    boolean ample = share != null && share >= c.thresholds().usableFreeShare();
    String names = String.join(", ", c.zones().allowed().stream().map(ZoneView::name).toList());
    return new Finding(
        kind(),
        ample ? Rank.STRUCTURE : Rank.CONTRIBUTING,
        free,
        evidence(c, other, free),
        "The request may use only zone "
            + names
            + ", which is under its min watermark, while zone "
            + ZoneView.name(other)
            + " has "
            + HumanUnits.bytes(free)
            + " free",
        "find what fills the lower zones (drivers' buffers, kernel memory), or run a 64-bit kernel");
  }

  private static List<Evidence> evidence(Case c, Memory.Zone other, long free) {
    List<Evidence> evidence = new ArrayList<>();
    for (Memory.Zone zone : c.zones().allowed()) {
      Long effective = zone.effectiveFreeBytes();
      Long min = zone.minBytes();
      if (effective != null && min != null) {
        evidence.add(
            Facts.bytes(
                "usable free in zone " + ZoneView.name(zone),
                effective,
                min,
                ReportLines.ofZone(c.block(), zone)));
      }
    }
    Long high = other.highBytes();
    evidence.add(
        Facts.bytes(
            "free in zone " + ZoneView.name(other),
            free,
            high == null ? 0 : high,
            ReportLines.ofZone(c.block(), other)));
    return List.copyOf(evidence);
  }
}

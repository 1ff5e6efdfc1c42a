package io.oomstream.snapshot;

import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A machine's memory at one moment, as its own kernel counted it. Absent is what the record did not
 * hold. Sizes are bytes.
 *
 * @param hostKey the name that the host is keyed by; empty where the record names none
 * @param eventTimeMs the record's own time: what order and lateness are measured in
 * @param measuredMs when it was taken, by the host's clock if the record says so
 * @param id of what it says: a repeat has the same
 * @param values figures by the names of {@link SnapshotFigures}
 * @param caches all bytes of each slab cache
 * @param oomKills kills that the kernel counted since boot
 * @param zoneReservedBytes what the zones have and do not manage: {@code present - managed}; a log
 *     calls it reserved
 */
public record Snapshot(
    String hostKey,
    @Nullable String bootId,
    @Nullable String kernelRelease,
    @Nullable Long pageSizeBytes,
    long eventTimeMs,
    long measuredMs,
    String id,
    Map<String, Long> values,
    Map<String, Long> caches,
    Map<String, Cgroup> cgroups,
    @Nullable Long oomKills,
    @Nullable Long zoneReservedBytes) {

  /**
   * This snapshot with the files of another of the same moment; null where both tell the same thing
   * differently.
   */
  public @Nullable Snapshot with(Snapshot more) {
    boolean other =
        !hostKey.equals(more.hostKey)
            || (bootId != null && more.bootId != null && !bootId.equals(more.bootId))
            || (!caches.isEmpty() && !more.caches.isEmpty())
            || !agree(values, more.values)
            || more.cgroups.entrySet().stream().anyMatch(e -> isTwice(e.getKey(), e.getValue()));
    if (other) {
      return null;
    }
    Map<String, Long> allValues = new TreeMap<>(more.values);
    allValues.putAll(values);
    Map<String, Cgroup> groups = new TreeMap<>(cgroups);
    more.cgroups.forEach((path, group) -> groups.merge(path, group, Cgroup::with));
    return new Snapshot(
        hostKey,
        bootId != null ? bootId : more.bootId,
        kernelRelease != null ? kernelRelease : more.kernelRelease,
        pageSizeBytes != null ? pageSizeBytes : more.pageSizeBytes,
        Math.max(eventTimeMs, more.eventTimeMs),
        Math.max(measuredMs, more.measuredMs),
        id + "+" + more.id,
        allValues,
        caches.isEmpty() ? more.caches : caches,
        groups,
        oomKills != null ? oomKills : more.oomKills,
        zoneReservedBytes != null ? zoneReservedBytes : more.zoneReservedBytes);
  }

  private boolean isTwice(String path, Cgroup group) {
    Cgroup own = cgroups.get(path);
    return own != null
        && ((!own.stat().isEmpty() && !group.stat().isEmpty())
            || (!own.events().isEmpty() && !group.events().isEmpty()));
  }

  private static boolean agree(Map<String, Long> a, Map<String, Long> b) {
    return a.entrySet().stream()
        .allMatch(e -> !b.containsKey(e.getKey()) || e.getValue().equals(b.get(e.getKey())));
  }

  /** A control group's own counters, as printed: bytes and counts by name. */
  public record Cgroup(Map<String, Long> stat, Map<String, Long> events) {

    Cgroup with(Cgroup more) {
      return new Cgroup(stat.isEmpty() ? more.stat : stat, events.isEmpty() ? more.events : events);
    }
  }

  public Instant time() {
    return Instant.ofEpochMilli(measuredMs);
  }
}

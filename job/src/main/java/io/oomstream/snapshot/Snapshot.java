package io.oomstream.snapshot;

import java.time.Instant;
import java.util.Map;
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
    @Nullable Long oomKills) {

  /** A control group's own counters, as printed: bytes and counts by name. */
  public record Cgroup(Map<String, Long> stat, Map<String, Long> events) {}

  public Instant time() {
    return Instant.ofEpochMilli(measuredMs);
  }
}

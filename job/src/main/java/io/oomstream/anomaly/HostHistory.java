package io.oomstream.anomaly;

import java.util.List;

/**
 * What is remembered of a host between reports: bounded, and dropped when its windows have passed.
 * Kept in keyed state: components may be added, never changed or removed.
 *
 * @param kills what earlier releases remembered for storms and loops
 * @param samples what they remembered for trends
 * @param episodes alarms raised and not yet over, so that none is raised twice
 */
public record HostHistory(List<PastKill> kills, List<PastSample> samples, List<Episode> episodes) {

  public static final HostHistory EMPTY = new HostHistory(List.of(), List.of(), List.of());

  /** Kills remembered of one host; the oldest go first. */
  public static final int MAX_KILLS = 256;

  /** Alarms remembered of one host; those whose condition held last stay. */
  public static final int MAX_EPISODES = 128;

  /** A kill seen before. */
  public record PastKill(String id, long eventTimeMs, String workload) {}

  /** One growing thing's size at one time; a plain number for counts. */
  public record PastSample(String what, long eventTimeMs, long bytes, long managedBytes) {}

  /** An alarm, by its kind and subject, and the last time that its condition held. */
  public record Episode(String kind, String subject, long lastMs) {}

  public boolean isEmpty() {
    return kills.isEmpty() && samples.isEmpty() && episodes.isEmpty();
  }
}

package io.oomstream.anomaly;

import java.util.List;

/**
 * What the first release remembered of a host between reports; read from its savepoints and
 * forgotten. Components may be added, never changed or removed.
 *
 * @param kills for storms and loops
 * @param samples for trends
 * @param episodes alarms raised and not yet over, so that none is raised twice
 */
public record HostHistory(List<PastKill> kills, List<PastSample> samples, List<Episode> episodes) {

  /** A kill seen before. */
  public record PastKill(String id, long eventTimeMs, String workload) {}

  /** One growing thing's size at one time; a plain number for counts. */
  public record PastSample(String what, long eventTimeMs, long bytes, long managedBytes) {}

  /** An alarm, by its kind and subject, and the last time that its condition held. */
  public record Episode(String kind, String subject, long lastMs) {}
}

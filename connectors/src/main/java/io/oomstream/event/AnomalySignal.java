package io.oomstream.event;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Something wrong that is not, or not only, a kill. Data of CloudEvents type {@code
 * io.oomstream.signal.v1}.
 *
 * @param host absent for signals over the fleet
 * @param subject what it is about: a cache, control group, workload, task or zone
 * @param measured in {@code unit}
 * @param threshold in {@code unit}
 * @param relatedEvents ids of the events it groups or belongs to
 */
public record AnomalySignal(
    String schemaVersion,
    SignalKind kind,
    Severity severity,
    @Nullable Host host,
    @Nullable Instant time,
    @Nullable Long kernelTimeUs,
    @Nullable Window window,
    @Nullable String subject,
    @Nullable Double measured,
    @Nullable Double threshold,
    @Nullable String unit,
    List<Evidence> evidence,
    List<String> relatedEvents,
    String summary,
    @Nullable BlockInfo block,
    @Nullable Provenance provenance) {

  public static final String SCHEMA_VERSION = "1.0";

  /** The span of event time that was looked at. */
  public record Window(Instant start, Instant end) {}

  /** How bad. */
  public enum Severity {
    INFO,
    WARNING,
    CRITICAL
  }
}

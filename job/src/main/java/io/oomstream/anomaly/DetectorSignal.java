package io.oomstream.anomaly;

import io.oomstream.diagnosis.Observation;
import io.oomstream.event.AnomalySignal;
import io.oomstream.event.Evidence;
import io.oomstream.event.SignalKind;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A detector's finding as the contract's signal. */
final class DetectorSignal {

  private DetectorSignal() {}

  /** What was measured, held against what. */
  record Measure(double measured, double threshold, String unit) {}

  static AnomalySignal of(
      SignalKind kind,
      AnomalySignal.Severity severity,
      @Nullable String subject,
      Observation observation,
      long firstMs,
      long lastMs,
      Measure measure,
      List<Evidence> evidence,
      List<String> related,
      String summary) {
    return new AnomalySignal(
        AnomalySignal.SCHEMA_VERSION,
        kind,
        severity,
        observation.host(),
        observation.time(),
        observation.kernelTimeUs(),
        new AnomalySignal.Window(Instant.ofEpochMilli(firstMs), Instant.ofEpochMilli(lastMs)),
        subject,
        measure.measured(),
        measure.threshold(),
        measure.unit(),
        evidence,
        related,
        summary,
        observation.block(),
        observation.provenance());
  }
}

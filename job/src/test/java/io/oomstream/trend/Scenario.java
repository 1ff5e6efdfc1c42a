package io.oomstream.trend;

import io.oomstream.event.AnomalySignal;
import io.oomstream.event.Episode;
import io.oomstream.event.EventJson;
import io.oomstream.event.OutgoingEvent;
import io.oomstream.event.SchemaAssert;
import io.oomstream.event.SignalKind;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A machine's samples, and what the detectors must say of them.
 *
 * @param expected null for none
 * @param killMs when memory ran out; null if it did not
 */
record Scenario(
    String name,
    @Nullable SignalKind expected,
    List<MachineSample> samples,
    @Nullable Long killMs) {

  /** What they said. */
  record Outcome(Scenario scenario, List<AnomalySignal> signals) {

    List<AnomalySignal> opened() {
      return signals.stream()
          .filter(s -> s.episode() == null || s.episode().phase() == Episode.Phase.OPENED)
          .toList();
    }

    @Nullable AnomalySignal first() {
      return opened().stream()
          .filter(s -> s.kind() == scenario.expected())
          .findFirst()
          .orElse(null);
    }

    /** Null without an alarm or a kill. */
    @Nullable Long leadMs() {
      AnomalySignal first = first();
      return first == null || first.time() == null || scenario.killMs() == null
          ? null
          : scenario.killMs() - first.time().toEpochMilli();
    }
  }

  Outcome run(TrendOptions options) {
    List<AnomalySignal> signals = new ArrayList<>();
    MachineHistory history = null;
    for (MachineSample sample : samples) {
      TrendDetector.Step step = TrendDetector.next(history, sample, options);
      history = step.history();
      for (TrendDetector.Raised raised : step.signals()) {
        SchemaAssert.assertValid(OutgoingEvent.Type.SIGNAL, EventJson.toBytes(raised.signal()));
        signals.add(raised.signal());
      }
    }
    return new Outcome(this, signals);
  }
}

package io.oomstream.function;

import static org.assertj.core.api.Assertions.assertThat;

import io.oomstream.anomaly.FleetPartial;
import io.oomstream.anomaly.FleetShare;
import io.oomstream.anomaly.Occurrence;
import io.oomstream.anomaly.TestOccurrences;
import io.oomstream.rule.IncidentOptions;
import java.util.List;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

/** A kill whose slice has been concluded, as rsyslog's records of a slow host are. */
class LateKillTest {

  private static final long SETTLING = IncidentOptions.defaults().settlingMs();

  private static KeyedOneInputStreamOperatorTestHarness<String, Occurrence, FleetPartial> harness()
      throws Exception {
    return new KeyedOneInputStreamOperatorTestHarness<>(
        new KeyedProcessOperator<>(
            CountedFunction.of(
                new FleetShareFunction(SETTLING, 30_000), new CountedFunction.Firings(1_000))),
        mark -> FleetShare.keyOf(mark, 1),
        TypeInformation.of(String.class));
  }

  @Test
  void isCountedInTheOpenSliceAndFiresNoTimerForEver() throws Exception {
    OperatorSubtaskState snapshot;
    try (var harness = harness()) {
      harness.open();
      harness.processElement(TestOccurrences.kill("h1", "k1", 600_000, "w"), 600_000);
      harness.processWatermark(700_000);
      harness.processElement(TestOccurrences.kill("h1", "k2", 400_000, "w"), 400_000);
      harness.processWatermark(700_001);
      assertThat(harness.extractOutputValues()).hasSize(1);
      snapshot = harness.snapshot(1, 1);
      harness.processWatermark(720_000);
      assertLate(harness.extractOutputValues().get(1));
    }
    try (var harness = harness()) {
      harness.initializeState(snapshot);
      harness.open();
      harness.processWatermark(720_000);
      assertLate(harness.extractOutputValues().get(0));
      harness.processWatermark(Long.MAX_VALUE);
      assertThat(harness.numKeyedStateEntries() + harness.numEventTimeTimers()).isZero();
    }
  }

  /** The first slice that was not over when it came; its own time is told as it is. */
  private static void assertLate(FleetPartial late) {
    assertThat(late.slice()).isEqualTo((700_000 - SETTLING) / 10_000);
    assertThat(late.kills()).isEqualTo(1);
    assertThat(late.fresh()).isZero();
    assertThat(late.firstMs()).isEqualTo(400_000);
  }

  @Test
  void doesNotDependOnWhatElseTheShareHasSeen() throws Exception {
    try (var harness = harness()) {
      harness.open();
      harness.processWatermark(700_000);
      harness.processElement(TestOccurrences.kill("h1", "k2", 400_000, "w"), 400_000);
      harness.processWatermark(720_000);
      assertThat(harness.extractOutputValues())
          .extracting(FleetPartial::slice)
          .isEqualTo(List.of((700_000 - SETTLING) / 10_000));
    }
  }
}

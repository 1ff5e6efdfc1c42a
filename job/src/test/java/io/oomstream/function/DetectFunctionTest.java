package io.oomstream.function;

import static org.assertj.core.api.Assertions.assertThat;

import io.oomstream.anomaly.DetectorOptions;
import io.oomstream.diagnosis.Observation;
import io.oomstream.event.BlockInfo;
import io.oomstream.event.Host;
import io.oomstream.event.OutgoingEvent;
import io.oomstream.event.Provenance;
import io.oomstream.event.SchemaAssert;
import java.time.Instant;
import java.util.List;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

class DetectFunctionTest {

  private static final DetectorOptions OPTIONS = DetectorOptions.defaults();
  private static final long START = 1_000_000;

  private static KeyedOneInputStreamOperatorTestHarness<String, Observation, OutgoingEvent>
      harness() throws Exception {
    return new KeyedOneInputStreamOperatorTestHarness<>(
        new KeyedProcessOperator<>(new DetectFunction(OPTIONS)),
        Observation::hostKey,
        TypeInformation.of(String.class));
  }

  private static Observation kill(int number) {
    long at = START + number * 1_000L;
    return new Observation(
        "db1",
        new Host("db1", null, null, null, null, null),
        at,
        Instant.ofEpochMilli(at),
        null,
        List.of(new Observation.KillSeen("id" + number, "systemd:x.service", "x")),
        null,
        new BlockInfo(
            "b" + number,
            true,
            List.of(),
            List.of(),
            BlockInfo.ClosedBy.TERMINATOR,
            1,
            null,
            null,
            0,
            null,
            null),
        Provenance.KERNEL);
  }

  private static void feed(
      KeyedOneInputStreamOperatorTestHarness<String, Observation, OutgoingEvent> harness,
      int from,
      int to)
      throws Exception {
    for (int i = from; i < to; i++) {
      harness.processElement(kill(i), kill(i).eventTimeMs());
      assertThat(harness.numEventTimeTimers()).isOne();
      assertThat(harness.numProcessingTimeTimers()).isZero();
    }
  }

  @Test
  void alarmsOnceForAnEpisodeAndForgetsTheHostWhenItsWindowsHavePassed() throws Exception {
    try (var harness = harness()) {
      harness.open();
      feed(harness, 0, 20);
      assertThat(harness.extractOutputValues())
          .extracting(OutgoingEvent::subject)
          .containsExactlyInAnyOrder("OOM_STORM", "OOM_CRASH_LOOP");
      for (OutgoingEvent event : harness.extractOutputValues()) {
        SchemaAssert.assertValid(event.type(), event.data());
      }
      harness.processWatermark(START + 19_000 + OPTIONS.longestWindowMs() - 1);
      assertThat(harness.numKeyedStateEntries()).isEqualTo(2);
      harness.processWatermark(START + 19_000 + OPTIONS.longestWindowMs());
      assertThat(harness.numKeyedStateEntries()).isZero();
      assertThat(harness.numEventTimeTimers()).isZero();
    }
  }

  @Test
  void aRestoreAtAnyPointChangesNothing() throws Exception {
    List<OutgoingEvent> undisturbed;
    try (var harness = harness()) {
      harness.open();
      feed(harness, 0, 10);
      undisturbed = List.copyOf(harness.extractOutputValues());
    }
    for (int cut = 0; cut <= 10; cut++) {
      OperatorSubtaskState snapshot;
      List<OutgoingEvent> before;
      try (var harness = harness()) {
        harness.open();
        feed(harness, 0, cut);
        before = List.copyOf(harness.extractOutputValues());
        snapshot = harness.snapshot(1, 1);
      }
      try (var harness = harness()) {
        harness.initializeState(snapshot);
        harness.open();
        feed(harness, cut, 10);
        List<OutgoingEvent> all = new java.util.ArrayList<>(before);
        all.addAll(harness.extractOutputValues());
        assertThat(all).as("cut at %s", cut).isEqualTo(undisturbed);
      }
    }
  }
}

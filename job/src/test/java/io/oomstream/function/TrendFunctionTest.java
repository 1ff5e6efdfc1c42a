package io.oomstream.function;

import static org.assertj.core.api.Assertions.assertThat;

import io.oomstream.anomaly.Outbound;
import io.oomstream.event.OutgoingEvent;
import io.oomstream.event.SchemaAssert;
import io.oomstream.event.section.Host;
import io.oomstream.trend.MachineSample;
import io.oomstream.trend.TrendOptions;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

class TrendFunctionTest {

  private static final TrendOptions OPTIONS = TrendOptions.defaults();
  private static final long START = 1_790_000_000_000L;
  private static final long GIB = 1L << 30;

  private static KeyedOneInputStreamOperatorTestHarness<String, MachineSample, Outbound> harness()
      throws Exception {
    return new KeyedOneInputStreamOperatorTestHarness<>(
        new KeyedProcessOperator<>(new TrendFunction(OPTIONS, 30_000)),
        MachineSample::hostKey,
        TypeInformation.of(String.class));
  }

  private static List<OutgoingEvent> events(
      KeyedOneInputStreamOperatorTestHarness<String, MachineSample, Outbound> harness) {
    return harness.extractOutputValues().stream().map(Outbound::event).toList();
  }

  /** A leak sampled every five seconds, so that its samples all wait at once; a kill unseen. */
  private static List<MachineSample> leak() {
    List<MachineSample> samples = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      long at = START + i * 4_000L;
      samples.add(
          new MachineSample(
              "db1",
              new Host("db1", null, null, null, null, null),
              at,
              at,
              "s" + i,
              "b1",
              Map.of(
                  "managed", 16 * GIB, "available", (12 - i) * GIB, "task_struct", (i + 1) * GIB),
              i < 5 ? 0L : 2L,
              0));
    }
    return samples;
  }

  @Test
  void orderAndRepeatsWithinTheSettlingTimeDoNotMatter() throws Exception {
    List<OutgoingEvent> inOrder = run(leak());
    assertThat(inOrder)
        .extracting(OutgoingEvent::subject)
        .contains("TASK_STRUCT_SLAB_GROWTH", "LOG_LOSS");
    for (int seed = 0; seed < 20; seed++) {
      List<MachineSample> shuffled = new ArrayList<>(leak());
      shuffled.addAll(leak().subList(0, 3));
      Collections.shuffle(shuffled, new Random(seed));
      assertThat(run(shuffled)).isEqualTo(inOrder);
    }
  }

  private static List<OutgoingEvent> run(List<MachineSample> samples) throws Exception {
    try (var harness = harness()) {
      harness.open();
      for (MachineSample sample : samples) {
        harness.processElement(sample, sample.eventTimeMs());
      }
      harness.processWatermark(START + 120_000);
      List<OutgoingEvent> events = events(harness);
      events.forEach(event -> SchemaAssert.assertValid(event.type(), event.data()));
      return List.copyOf(events);
    }
  }

  @Test
  void aRestoreAtAnyPointChangesNothing() throws Exception {
    List<OutgoingEvent> undisturbed = run(leak());
    for (int cut = 0; cut <= 6; cut++) {
      OperatorSubtaskState snapshot;
      List<OutgoingEvent> all = new ArrayList<>();
      try (var harness = harness()) {
        harness.open();
        for (MachineSample sample : leak().subList(0, cut)) {
          harness.processElement(sample, sample.eventTimeMs());
        }
        harness.processWatermark(START + 34_000);
        all.addAll(events(harness));
        snapshot = harness.snapshot(1, 1);
      }
      try (var harness = harness()) {
        harness.initializeState(snapshot);
        harness.open();
        for (MachineSample sample : leak().subList(cut, 6)) {
          harness.processElement(sample, Math.max(sample.eventTimeMs(), START + 5_000));
        }
        harness.processWatermark(START + 120_000);
        all.addAll(events(harness));
      }
      if (cut >= 2) {
        assertThat(all).as("cut at %s", cut).isEqualTo(undisturbed);
      }
    }
  }

  @Test
  void aSilentMachinesAlarmsAreClosedAndItsStateIsForgotten() throws Exception {
    try (var harness = harness()) {
      harness.open();
      for (MachineSample sample : leak()) {
        harness.processElement(sample, sample.eventTimeMs());
      }
      harness.processWatermark(START + 120_000);
      int before = events(harness).size();
      assertThat(harness.numKeyedStateEntries()).isEqualTo(2);
      harness.processWatermark(START + 2 * OPTIONS.windowMs() + 120_000);
      assertThat(harness.numKeyedStateEntries()).isZero();
      assertThat(harness.numEventTimeTimers()).isZero();
      assertThat(events(harness).size()).isGreaterThan(before);
    }
  }

  @Test
  void whatComesLateIsCountedAndChangesNothing() throws Exception {
    try (var harness = harness()) {
      harness.open();
      harness.processWatermark(START + 120_000);
      for (MachineSample sample : leak()) {
        harness.processElement(sample, sample.eventTimeMs());
      }
      harness.processWatermark(START + 240_000);
      assertThat(events(harness)).isEmpty();
      assertThat(harness.numKeyedStateEntries()).isZero();
    }
  }
}

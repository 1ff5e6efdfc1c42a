package io.oomstream.function;

import static org.assertj.core.api.Assertions.assertThat;

import io.oomstream.anomaly.FleetPartial;
import io.oomstream.anomaly.FleetShare;
import io.oomstream.anomaly.Occurrence;
import io.oomstream.anomaly.Outbound;
import io.oomstream.anomaly.TestOccurrences;
import io.oomstream.diagnosis.context.Language;
import io.oomstream.diagnosis.context.Thresholds;
import io.oomstream.event.EventJson;
import io.oomstream.event.OutgoingEvent;
import io.oomstream.event.SchemaAssert;
import io.oomstream.rule.IncidentOptions;
import io.oomstream.rule.RuleChange;
import io.oomstream.state.States;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.api.operators.co.CoBroadcastWithKeyedOperator;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.apache.flink.streaming.util.KeyedTwoInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

class IncidentFunctionTest {

  private static final IncidentOptions OPTIONS = IncidentOptions.defaults();
  private static final int HOSTS = 3;
  private static final long END = 100_000_000;

  private static KeyedTwoInputStreamOperatorTestHarness<String, Occurrence, RuleChange, Outbound>
      harness() throws Exception {
    return new KeyedTwoInputStreamOperatorTestHarness<>(
        new CoBroadcastWithKeyedOperator<>(
            new IncidentFunction(OPTIONS, 30_000, Thresholds.defaults(), Language.EN),
            List.of(States.rules())),
        Occurrence::hostKey,
        null,
        TypeInformation.of(String.class));
  }

  private static List<OutgoingEvent> events(
      KeyedTwoInputStreamOperatorTestHarness<String, Occurrence, RuleChange, Outbound> harness) {
    return harness.extractOutputValues().stream().map(Outbound::event).toList();
  }

  /** Storms, loops and bursts on a few hosts, in the order of event time. */
  private static List<Occurrence> marks() {
    List<Occurrence> marks = new ArrayList<>();
    for (int i = 0; i < 24; i++) {
      String host = "h" + i % HOSTS;
      marks.add(TestOccurrences.kill(host, "k" + i, i * 7_000L, "w" + i % 2));
      marks.add(TestOccurrences.failure(host, "f" + i, i * 7_000L + 1, i % 5, 100 - i, "code"));
    }
    return marks;
  }

  private static List<OutgoingEvent> run(List<Occurrence> marks, int cut, long watermarkStep)
      throws Exception {
    List<OutgoingEvent> all = new ArrayList<>();
    OperatorSubtaskState snapshot = null;
    for (int part = 0; part < 2; part++) {
      try (var harness = harness()) {
        if (snapshot != null) {
          harness.initializeState(snapshot);
        }
        harness.open();
        int from = part == 0 ? 0 : cut;
        int to = part == 0 ? cut : marks.size();
        for (int i = from; i < to; i++) {
          harness.processElement1(marks.get(i), marks.get(i).eventTimeMs());
          assertThat(harness.numEventTimeTimers()).isLessThanOrEqualTo(HOSTS);
          assertThat(harness.numProcessingTimeTimers()).isLessThanOrEqualTo(HOSTS);
          if (watermarkStep > 0) {
            watermark(harness, marks.get(i).eventTimeMs() - watermarkStep);
          }
        }
        if (part == 1) {
          watermark(harness, END);
          assertThat(harness.numKeyedStateEntries()).as("every path ends in clear").isZero();
          assertThat(harness.numEventTimeTimers()).isZero();
          assertThat(harness.numProcessingTimeTimers()).isZero();
        } else {
          snapshot = harness.snapshot(1, 1);
        }
        all.addAll(events(harness));
      }
    }
    all.sort(java.util.Comparator.comparing(OutgoingEvent::id));
    return all;
  }

  private static void watermark(
      KeyedTwoInputStreamOperatorTestHarness<String, Occurrence, RuleChange, Outbound> harness,
      long time)
      throws Exception {
    harness.processWatermark2(new org.apache.flink.streaming.api.watermark.Watermark(time));
    harness.processWatermark1(new org.apache.flink.streaming.api.watermark.Watermark(time));
  }

  @Test
  void aRestoreAtAnyPositionAndAnyPaceOfWatermarksGiveTheSame() throws Exception {
    List<OutgoingEvent> whole = run(marks(), 0, 0);
    assertThat(whole)
        .extracting(OutgoingEvent::subject)
        .contains("OOM_STORM", "OOM_CRASH_LOOP", "ALLOCATION_FAILURE");
    for (OutgoingEvent event : whole) {
      SchemaAssert.assertValid(event);
    }
    for (int cut = 0; cut <= marks().size(); cut++) {
      assertThat(run(marks(), cut, 1_000)).as("cut at %s", cut).isEqualTo(whole);
    }
  }

  @Test
  void arrivalOrderWithinTheSettlingTimeChangesNothing() throws Exception {
    List<OutgoingEvent> whole = run(marks(), 0, 0);
    Random random = new Random(7);
    for (int round = 0; round < 20; round++) {
      List<Occurrence> mixed = new ArrayList<>(marks());
      for (int i = 0; i + 4 < mixed.size(); i += 4) {
        Collections.shuffle(mixed.subList(i, i + 4), random);
      }
      assertThat(run(mixed, 10, OPTIONS.settlingMs())).isEqualTo(whole);
    }
  }

  @Test
  void standingEventTimeIsOvercomeByTheStallTime() throws Exception {
    try (var harness = harness()) {
      harness.open();
      harness.setProcessingTime(1_000);
      for (int i = 0; i < 5; i++) {
        harness.processElement1(
            TestOccurrences.kill("h", "k" + i, 1_000L + i, "w" + i), 1_000L + i);
      }
      assertThat(events(harness)).isEmpty();
      harness.setProcessingTime(31_000);
      assertThat(events(harness)).extracting(OutgoingEvent::subject).containsExactly("OOM_STORM");
      watermark(harness, END);
      assertThat(harness.numKeyedStateEntries()).isZero();
    }
  }

  @Test
  void aRuleShapesWhatIsFromItsTimeOnAndIsNamed() throws Exception {
    try (var harness = harness()) {
      harness.open();
      byte[] json =
          "{\"schemaVersion\":\"1.0\",\"version\":3,\"set\":{\"stormKills\":2}}"
              .getBytes(StandardCharsets.UTF_8);
      harness.processElement1(TestOccurrences.kill("a", "a1", 10, "x"), 10);
      harness.processElement1(TestOccurrences.kill("a", "a2", 20, "y"), 20);
      harness.processElement1(TestOccurrences.kill("b", "b1", 110, "x"), 110);
      harness.processElement1(TestOccurrences.kill("b", "b2", 120, "y"), 120);
      // The rule comes last, but before event time: that decides.
      harness.processElement2(new RuleChange("tight", 3, 100, json), 100);
      watermark(harness, 1_000);
      assertThat(events(harness)).hasSize(1);
      OutgoingEvent event = events(harness).get(0);
      assertThat(event.key()).isEqualTo("b");
      assertThat(EventJson.parse(event.data()).path("rules").toString())
          .isEqualTo("[{\"id\":\"tight\",\"version\":3}]");
    }
  }

  @Test
  void fleetSharesGiveTheSameAfterARestoreAnywhereAndEndInClear() throws Exception {
    List<FleetPartial> whole = shares(-1);
    assertThat(whole).hasSizeGreaterThan(3);
    for (int cut = 0; cut <= 20; cut++) {
      assertThat(shares(cut)).as("cut at %s", cut).isEqualTo(whole);
    }
  }

  private static List<FleetPartial> shares(int cut) throws Exception {
    List<FleetPartial> all = new ArrayList<>();
    var harness = shareHarness();
    harness.open();
    for (int i = 0; i <= 20; i++) {
      if (i == cut) {
        OperatorSubtaskState snapshot = harness.snapshot(1, 1);
        all.addAll(harness.extractOutputValues());
        harness.close();
        harness = shareHarness();
        harness.initializeState(snapshot);
        harness.open();
      }
      harness.processElement(
          TestOccurrences.kill("h" + i % 4, "k" + i, i * 4_000L, "w"), i * 4_000L);
      assertThat(harness.numEventTimeTimers()).isOne();
      harness.processWatermark(i * 4_000L - 1_000);
    }
    harness.processWatermark(END + OPTIONS.settlingMs() + FleetShare.SLICE_MS);
    assertThat(harness.numKeyedStateEntries()).isZero();
    assertThat(harness.numEventTimeTimers()).isZero();
    all.addAll(harness.extractOutputValues());
    harness.close();
    return all;
  }

  private static KeyedOneInputStreamOperatorTestHarness<String, Occurrence, FleetPartial>
      shareHarness() throws Exception {
    return new KeyedOneInputStreamOperatorTestHarness<>(
        new KeyedProcessOperator<>(new FleetShareFunction(OPTIONS.settlingMs(), 30_000)),
        mark -> FleetShare.keyOf(mark, 1),
        TypeInformation.of(String.class));
  }
}

package io.oomstream.function;

import static org.assertj.core.api.Assertions.assertThat;

import io.oomstream.anomaly.Outbound;
import io.oomstream.event.DeadLetter;
import io.oomstream.event.OutgoingEvent;
import io.oomstream.event.Severity;
import io.oomstream.event.SignalKind;
import io.oomstream.format.line.RawRecord;
import io.oomstream.rule.RuleChange;
import io.oomstream.state.States;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.api.operators.co.CoBroadcastWithNonKeyedOperator;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.apache.flink.streaming.util.TwoInputStreamOperatorTestHarness;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RuleFunctionTest {

  private static final String MUTE = "{\"schemaVersion\":\"1.0\",\"version\":%d,\"mute\":true}";

  private static RawRecord record(long offset, String key, @Nullable String value) {
    return new RawRecord(
        "rules",
        0,
        offset,
        1_000 + offset,
        key.getBytes(StandardCharsets.UTF_8),
        value == null ? null : value.getBytes(StandardCharsets.UTF_8),
        Map.of());
  }

  private static KeyedOneInputStreamOperatorTestHarness<Integer, RawRecord, RuleChange> harness()
      throws Exception {
    var harness =
        new KeyedOneInputStreamOperatorTestHarness<>(
            new KeyedProcessOperator<>(new RuleFunction()),
            record -> 0,
            TypeInformation.of(Integer.class));
    harness.open();
    return harness;
  }

  private static List<DeadLetter> letters(
      KeyedOneInputStreamOperatorTestHarness<Integer, RawRecord, RuleChange> harness) {
    List<DeadLetter> letters = new ArrayList<>();
    harness.getSideOutput(Outputs.DEAD_LETTERS).forEach(letter -> letters.add(letter.getValue()));
    return letters;
  }

  @Test
  void aBadRuleIsRefusedWithTheWhyAndTheOldOneStays() throws Exception {
    try (var harness = harness()) {
      List<RawRecord> records =
          List.of(
              record(0, "a", MUTE.formatted(2)),
              record(1, "a", "{\"schemaVersion\":\"1.0\",\"version\":3}"),
              record(2, "a", MUTE.formatted(1)),
              record(3, "", MUTE.formatted(1)),
              record(4, "a", MUTE.formatted(2)),
              record(5, "a", MUTE.formatted(4)),
              record(6, "never", null),
              record(7, "a", null));
      for (RawRecord record : records) {
        harness.processElement(record, record.timestamp());
      }
      assertThat(harness.extractOutputValues())
          .extracting(RuleChange::version)
          .containsExactly(2L, 4L, 0L);
      List<DeadLetter> letters = letters(harness);
      assertThat(letters).extracting(DeadLetter::offset).containsExactly(1L, 2L, 3L);
      assertThat(letters).allMatch(l -> l.reason() == DeadLetter.Reason.BAD_RULE);
      assertThat(letters.get(0).detail()).contains("does nothing");
      assertThat(letters.get(1).detail()).contains("version 1");
      assertThat(harness.numKeyedStateEntries()).isZero();
    }
  }

  /** Eight may be ahead; the ninth would push one out that is to count before it. */
  @Test
  void aNinthVersionAheadIsADeadLetterAndTheOthersStay() throws Exception {
    try (var harness = harness()) {
      harness.processElement(record(0, "a", MUTE.formatted(1)), 0);
      String ahead =
          "{\"schemaVersion\":\"1.0\",\"version\":%d,\"effectiveFrom\":\"2026-01-%02dT00:00:00Z\","
              + "\"mute\":true}";
      for (int version = 2; version <= 10; version++) {
        harness.processElement(record(version, "a", ahead.formatted(version, version)), version);
      }
      // One that stands for the later ones is taken: it leaves seven ahead.
      harness.processElement(record(11, "a", ahead.formatted(11, 3)), 11);
      harness.processElement(record(12, "a", ahead.formatted(12, 12)), 12);
      assertThat(harness.extractOutputValues())
          .extracting(RuleChange::version)
          .containsExactly(1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L, 11L, 12L);
      List<DeadLetter> letters = letters(harness);
      assertThat(letters).extracting(DeadLetter::offset).containsExactly(10L);
      assertThat(letters.get(0).reason()).isEqualTo(DeadLetter.Reason.BAD_RULE);
      assertThat(letters.get(0).detail()).contains("8 versions ahead");
    }
  }

  @Test
  void mutedSignalsAreCounted() throws Exception {
    MuteFunction function = new MuteFunction();
    try (var harness =
        new TwoInputStreamOperatorTestHarness<>(
            new CoBroadcastWithNonKeyedOperator<>(function, List.of(States.rules())))) {
      harness.open();
      byte[] rule =
          ("{\"schemaVersion\":\"1.0\",\"version\":1,\"mute\":true,"
                  + "\"match\":{\"workloads\":[\"batch-*\"]}}")
              .getBytes(StandardCharsets.UTF_8);
      harness.processElement2(new RuleChange("quiet", 1, 0, rule), 0);
      harness.processElement1(signal("batch-7"), 10);
      harness.processElement1(signal("web"), 10);
      assertThat(harness.extractOutputValues()).containsExactly(signal("web").event());
      assertThat(function.mutedCount()).isEqualTo(1);
    }
  }

  private static Outbound signal(String workload) {
    OutgoingEvent event =
        new OutgoingEvent(
            OutgoingEvent.Type.SIGNAL,
            "id-" + workload,
            "h",
            "/oomstream/hosts/h",
            "CRITICAL_VICTIM",
            null,
            new byte[0]);
    return new Outbound(event, SignalKind.CRITICAL_VICTIM, Severity.CRITICAL, "h", workload, 10);
  }
}

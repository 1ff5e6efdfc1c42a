package io.oomstream.function;

import static org.assertj.core.api.Assertions.assertThat;

import io.oomstream.anomaly.Outbound;
import io.oomstream.event.DeadLetter;
import io.oomstream.event.OutgoingEvent;
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

  @Test
  void aBadRuleIsRefusedWithTheWhyAndTheOldOneStays() throws Exception {
    try (var harness =
        new KeyedOneInputStreamOperatorTestHarness<>(
            new KeyedProcessOperator<>(new RuleFunction()),
            record -> 0,
            TypeInformation.of(Integer.class))) {
      harness.open();
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
      List<DeadLetter> letters = new ArrayList<>();
      harness.getSideOutput(Outputs.DEAD_LETTERS).forEach(letter -> letters.add(letter.getValue()));
      assertThat(letters).extracting(DeadLetter::offset).containsExactly(1L, 2L, 3L);
      assertThat(letters).allMatch(l -> l.reason() == DeadLetter.Reason.BAD_RULE);
      assertThat(letters.get(0).detail()).contains("does nothing");
      assertThat(letters.get(1).detail()).contains("version 1");
      assertThat(harness.numKeyedStateEntries()).isZero();
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
    return new Outbound(event, SignalKind.CRITICAL_VICTIM, "h", workload, 10);
  }
}

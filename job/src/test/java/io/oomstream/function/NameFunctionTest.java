package io.oomstream.function;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.oomstream.anomaly.Occurrence;
import io.oomstream.anomaly.Outbound;
import io.oomstream.anomaly.Unnamed;
import io.oomstream.assemble.segment.LineBlock;
import io.oomstream.diagnosis.context.Language;
import io.oomstream.diagnosis.context.Thresholds;
import io.oomstream.event.EventJson;
import io.oomstream.event.OutgoingEvent;
import io.oomstream.event.SchemaAssert;
import io.oomstream.event.Severity;
import io.oomstream.event.SignalKind;
import io.oomstream.lab.LabLogs;
import io.oomstream.lab.Lines;
import io.oomstream.lab.PlainPipeline;
import io.oomstream.rule.RuleBook;
import io.oomstream.step.BlockReading;
import io.oomstream.step.NameSearch;
import io.oomstream.step.Naming;
import io.oomstream.workload.CatalogueEntries;
import io.oomstream.workload.CatalogueEntry;
import io.oomstream.workload.CatalogueReader;
import io.oomstream.workload.KnownNamesChange;
import io.oomstream.workload.Names;
import io.oomstream.workload.RetainedEntry;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.operators.co.KeyedCoProcessOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedTwoInputStreamOperatorTestHarness;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Kills of a pod of the lab, and what the catalogue says of it, in every order. */
@NullUnmarked
class NameFunctionTest {

  private static final long WAIT_MS = 10_000;
  private static final long STALL_MS = 30_000;

  /** What the lab's block gives. */
  private static final BlockReading READ = read();

  private static final NameSearch SEARCH = NameSearch.of(READ);
  private static final Unnamed FIRST = SEARCH.unnamed().get(0);

  private static BlockReading read() {
    try {
      LineBlock block =
          PlainPipeline.blocks(
                  Lines.of(
                      LabLogs.one("6.1.0-50-amd64", "03-memcg2-kube", "kmsg.log"),
                      1_790_000_000_000L))
              .get(0);
      return BlockReading.of(block, Thresholds.defaults(), Language.EN, RuleBook.EMPTY);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private static KeyedTwoInputStreamOperatorTestHarness<
          String, Unnamed, KnownNamesChange, OutgoingEvent>
      harness() throws Exception {
    return new KeyedTwoInputStreamOperatorTestHarness<>(
        new KeyedCoProcessOperator<>(new NameFunction(WAIT_MS, STALL_MS)),
        Unnamed::key,
        KnownNamesChange::key,
        TypeInformation.of(String.class));
  }

  private static KnownNamesChange entry(long startedAtMs) throws Exception {
    String json =
        CatalogueEntries.link(
            "prod",
            FIRST.hostKey(),
            "shop",
            "web-7d4b9c8f6b-2vxqz",
            FIRST.podUid(),
            "app",
            FIRST.containerId(),
            4,
            startedAtMs);
    CatalogueEntry entry =
        new CatalogueReader(Set.of())
            .read(CatalogueEntries.record(json, FIRST.eventTimeMs(), Map.of()))
            .get(0);
    return new KnownNamesChange(FIRST.key(), entry.subject(), entry);
  }

  @Test
  void theLabsKillIsOfAPod() {
    assertThat(SEARCH.kills()).isEmpty();
    assertThat(FIRST.podUid()).isNotNull();
    assertThat(FIRST.containerId()).isNotNull();
    assertThat(SEARCH.unnamed().stream().filter(u -> u.kill() != null)).isNotEmpty();
    assertThat(SEARCH.unnamed().stream().filter(u -> u.occurrence() != null)).isNotEmpty();
  }

  /** At once if it is known; at once when it becomes known. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void whatIsKnownLeavesAtOnce(boolean wordFirst) throws Exception {
    try (var harness = harness()) {
      harness.open();
      harness.processWatermark1(new Watermark(FIRST.eventTimeMs() - 1_000));
      harness.processWatermark2(new Watermark(FIRST.eventTimeMs() - 1_000));
      if (wordFirst) {
        harness.processElement2(new StreamRecord<>(entry(FIRST.eventTimeMs())));
      }
      for (Unnamed unnamed : SEARCH.unnamed()) {
        harness.processElement1(new StreamRecord<>(unnamed));
      }
      if (!wordFirst) {
        assertThat(harness.extractOutputValues()).isEmpty();
        assertThat(harness.numEventTimeTimers()).isEqualTo(1);
        harness.processElement2(new StreamRecord<>(entry(FIRST.eventTimeMs())));
      }
      assertNamed(harness.extractOutputValues());
      assertThat(harness.numEventTimeTimers()).as("that forgets the word").isEqualTo(1);
      assertThat(harness.numProcessingTimeTimers()).isZero();
      for (StreamRecord<Occurrence> occurrence : harness.getSideOutput(Outputs.OCCURRENCES)) {
        assertThat(occurrence.getValue().workload())
            .isEqualTo("k8s:prod/shop/Deployment/web/app")
            .isEqualTo(occurrence.getValue().fleetKey());
      }
      if (harness.getSideOutput(Outputs.SIGNALS) != null) {
        for (StreamRecord<Outbound> signal : harness.getSideOutput(Outputs.SIGNALS)) {
          SchemaAssert.assertValid(signal.getValue().event());
          assertThat(EventJson.parse(signal.getValue().event().data()).path("workload").asText())
              .isEqualTo("k8s:prod/shop/Deployment/web/app");
        }
      }
      harness.processElement2(
          new StreamRecord<>(
              new KnownNamesChange(FIRST.key(), entry(FIRST.eventTimeMs()).subject(), null)));
      assertThat(harness.numKeyedStateEntries() + harness.numEventTimeTimers()).isZero();
    }
  }

  /** A silent weekend: what waited for its container has its pod's names all the same. */
  @Test
  void aLeapOfEventTimeTakesNoNames() throws Exception {
    try (var harness = harness()) {
      harness.open();
      CatalogueEntry said = entry(FIRST.eventTimeMs()).entry();
      CatalogueEntry ofPod =
          new CatalogueEntry(
              said.source(),
              "aa" + said.containerId().substring(2),
              said.podUid(),
              said.node(),
              said.kubernetes(),
              said.labels(),
              said.startedAtMs(),
              FIRST.eventTimeMs());
      harness.processElement2(
          new StreamRecord<>(new KnownNamesChange(FIRST.key(), ofPod.subject(), ofPod)));
      harness.processWatermark2(new Watermark(FIRST.eventTimeMs()));
      harness.processWatermark1(new Watermark(FIRST.eventTimeMs()));
      for (Unnamed unnamed : SEARCH.unnamed()) {
        harness.processElement1(new StreamRecord<>(unnamed));
      }
      assertThat(harness.extractOutputValues()).isEmpty();
      long later = FIRST.eventTimeMs() + 2 * RetainedEntry.KEEP_MS;
      harness.processWatermark2(new Watermark(later));
      harness.processWatermark1(new Watermark(later));
      assertThat(harness.extractOutputValues()).hasSameSizeAs(READ.kills());
      for (OutgoingEvent kill : harness.extractOutputValues()) {
        JsonNode workload = EventJson.parse(kill.data()).path("workload");
        assertThat(workload.path("groupKey").asText()).isEqualTo("k8s:prod/shop/Deployment/web/-");
      }
      assertThat(harness.numKeyedStateEntries() + harness.numEventTimeTimers()).isZero();

      harness.processElement2(
          new StreamRecord<>(new KnownNamesChange(FIRST.key(), ofPod.subject(), ofPod)));
      assertThat(harness.numKeyedStateEntries()).as("too old").isZero();
    }
  }

  /** While the catalogue is read for the first time, a better entry may be on its way. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void nothingLeavesBeforeTheCatalogueWasRead(boolean wordFirst) throws Exception {
    OperatorSubtaskState snapshot;
    try (var harness = harness()) {
      harness.open();
      if (wordFirst) {
        harness.processElement2(new StreamRecord<>(entry(FIRST.eventTimeMs())));
      }
      for (Unnamed unnamed : SEARCH.unnamed()) {
        harness.processElement1(new StreamRecord<>(unnamed));
      }
      harness.processWatermark1(new Watermark(FIRST.eventTimeMs() + 1));
      snapshot = harness.snapshot(1, 1);
    }
    try (var harness = harness()) {
      harness.initializeState(snapshot);
      harness.open();
      harness.processElement2(new StreamRecord<>(entry(FIRST.eventTimeMs())));
      assertThat(harness.extractOutputValues()).isEmpty();
      harness.processWatermark2(new Watermark(FIRST.eventTimeMs() + 1));
      assertThat(harness.extractOutputValues()).isEmpty();
      harness.processWatermark1(new Watermark(FIRST.eventTimeMs() + 1));
      assertNamed(harness.extractOutputValues());
      assertThat(harness.numProcessingTimeTimers()).isZero();
      harness.processWatermark1(Watermark.MAX_WATERMARK);
      harness.processWatermark2(Watermark.MAX_WATERMARK);
      assertThat(harness.numKeyedStateEntries() + harness.numEventTimeTimers()).isZero();
    }
  }

  private static void assertNamed(List<OutgoingEvent> kills) {
    assertThat(kills).hasSize(READ.kills().size());
    for (int i = 0; i < kills.size(); i++) {
      OutgoingEvent kill = kills.get(i);
      SchemaAssert.assertValid(kill);
      JsonNode workload = EventJson.parse(kill.data()).path("workload");
      assertThat(workload.path("namesStatus").asText()).isEqualTo("KNOWN");
      assertThat(workload.path("groupKey").asText()).isEqualTo("k8s:prod/shop/Deployment/web/app");
      assertThat(workload.at("/kubernetes/podName").asText()).isEqualTo("web-7d4b9c8f6b-2vxqz");
      assertThat(workload.at("/kubernetes/restartCount").asInt()).isEqualTo(4);
      assertThat(without(kill)).isEqualTo(READ.kills().get(i));
    }
  }

  /** The event as it is without a catalogue. */
  private static OutgoingEvent without(OutgoingEvent named) {
    JsonNode tree = EventJson.parse(named.data());
    ((com.fasterxml.jackson.databind.node.ObjectNode) tree.path("workload"))
        .remove(List.of("kubernetes", "groupKey", "namesStatus"));
    byte[] data = EventJson.toBytes(tree);
    return new OutgoingEvent(
        named.type(), named.id(), named.key(), named.source(), named.subject(), named.time(), data);
  }

  @Test
  void whatIsNotKnownLeavesWhenBothInputsHavePassedIt() throws Exception {
    try (var harness = harness()) {
      harness.open();
      for (Unnamed unnamed : SEARCH.unnamed()) {
        harness.processElement1(new StreamRecord<>(unnamed));
      }
      harness.processWatermark1(new Watermark(FIRST.eventTimeMs() + 60_000));
      harness.processWatermark2(new Watermark(FIRST.eventTimeMs() + WAIT_MS - 1));
      assertThat(harness.extractOutputValues()).isEmpty();
      harness.processWatermark2(new Watermark(FIRST.eventTimeMs() + WAIT_MS));
      assertUnknown(harness.extractOutputValues());
      assertThat(harness.numKeyedStateEntries()).isZero();
      assertThat(harness.numEventTimeTimers() + harness.numProcessingTimeTimers()).isZero();
      for (StreamRecord<Occurrence> occurrence : harness.getSideOutput(Outputs.OCCURRENCES)) {
        assertThat(READ.occurrences()).contains(occurrence.getValue());
      }

      harness.processElement1(new StreamRecord<>(FIRST));
      assertThat(harness.numKeyedStateEntries()).as("late: leaves at once").isZero();
    }
  }

  private static void assertUnknown(List<OutgoingEvent> kills) {
    assertThat(kills).hasSize(READ.kills().size());
    for (OutgoingEvent kill : kills) {
      SchemaAssert.assertValid(kill);
      JsonNode workload = EventJson.parse(kill.data()).path("workload");
      assertThat(workload.path("namesStatus").asText()).isEqualTo("UNKNOWN");
      assertThat(workload.path("groupKey")).isEqualTo(workload.path("key"));
      assertThat(workload.has("kubernetes")).isFalse();
    }
  }

  @Test
  void whatStartedAfterTheWaitIsNotMeant() throws Exception {
    try (var harness = harness()) {
      harness.open();
      harness.processElement2(new StreamRecord<>(entry(FIRST.eventTimeMs() + WAIT_MS + 1)));
      for (Unnamed unnamed : SEARCH.unnamed()) {
        harness.processElement1(new StreamRecord<>(unnamed));
      }
      harness.processWatermark1(Watermark.MAX_WATERMARK);
      harness.processWatermark2(Watermark.MAX_WATERMARK);
      assertUnknown(harness.extractOutputValues());
    }
  }

  @Test
  void ifEventTimeStandsStillTheStallTimeEndsTheWait() throws Exception {
    try (var harness = harness()) {
      harness.open();
      harness.setProcessingTime(1_000);
      harness.processWatermark1(new Watermark(FIRST.eventTimeMs() - 1));
      harness.processWatermark2(new Watermark(FIRST.eventTimeMs() - 1));
      for (Unnamed unnamed : SEARCH.unnamed()) {
        harness.processElement1(new StreamRecord<>(unnamed));
      }
      for (long now = 2_000; now < 30_000; now += 5_000) {
        harness.setProcessingTime(now);
        harness.processElement2(other(now));
      }
      assertThat(harness.extractOutputValues()).isEmpty();
      for (long now = 30_000; now < 120_000; now += 5_000) {
        harness.setProcessingTime(now);
        harness.processElement2(other(now));
      }
      assertUnknown(harness.extractOutputValues());
      assertThat(harness.numEventTimeTimers()).as("that forgets the others").isEqualTo(1);
      assertThat(harness.numProcessingTimeTimers()).isZero();
    }
  }

  /** Others' entries are signs of life. */
  private static StreamRecord<KnownNamesChange> other(long now) throws Exception {
    CatalogueEntry entry = entry(now).entry();
    return new StreamRecord<>(
        new KnownNamesChange("ff" + entry.containerId().substring(2), "x", entry));
  }

  @Test
  void aRestoreAtAnyPointChangesNothing() throws Exception {
    for (boolean known : new boolean[] {true, false}) {
      OperatorSubtaskState snapshot;
      try (var harness = harness()) {
        harness.open();
        for (Unnamed unnamed : SEARCH.unnamed()) {
          harness.processElement1(new StreamRecord<>(unnamed));
        }
        snapshot = harness.snapshot(1, 1);
      }
      try (var harness = harness()) {
        harness.initializeState(snapshot);
        harness.open();
        if (known) {
          harness.processElement2(new StreamRecord<>(entry(FIRST.eventTimeMs())));
        }
        harness.processWatermark1(Watermark.MAX_WATERMARK);
        harness.processWatermark2(Watermark.MAX_WATERMARK);
        List<OutgoingEvent> kills = new ArrayList<>(harness.extractOutputValues());
        if (known) {
          assertNamed(kills);
        } else {
          assertUnknown(kills);
        }
      }
    }
  }

  /** Only the signal's own field is another, wherever the entry stands. */
  @Test
  void aSignalGetsItsGroupAndNothingElse() throws Exception {
    String signal =
        "{\"summary\":\"a \\\"workload\\\":1 é\",\"evidence\":[{\"workload\":\"no\"}],"
            + "\"workload\":\"%s\",\"x\":1e3}";
    OutgoingEvent event =
        new OutgoingEvent(
            OutgoingEvent.Type.SIGNAL,
            "id",
            null,
            "/",
            null,
            null,
            signal.formatted("k8s:pod/\\u00e9é").getBytes(StandardCharsets.UTF_8));
    Unnamed unnamed =
        new Unnamed(
            FIRST.hostKey(),
            1,
            FIRST.containerId(),
            FIRST.podUid(),
            null,
            new Outbound(event, SignalKind.LOG_LOSS, Severity.WARNING, "h", "k8s:pod/éé", 1),
            null);

    Outbound named = Naming.signal(unnamed, names("k8s:ü/\""));
    assertThat(new String(named.event().data(), StandardCharsets.UTF_8))
        .isEqualTo(signal.formatted("k8s:ü/\\\""));
    assertThat(named.workload()).isEqualTo("k8s:ü/\"");
    assertThat(Naming.signal(unnamed, null)).isEqualTo(unnamed.signal());
    assertThat(Naming.signal(unnamed, new Names(null, null))).isEqualTo(unnamed.signal());
  }

  private static Names names(String group) {
    return new Names(null, group);
  }

  @Test
  void whatWaitsIsBounded() throws Exception {
    try (var harness = harness()) {
      harness.open();
      Unnamed kill = SEARCH.unnamed().stream().filter(u -> u.kill() != null).findFirst().get();
      for (int i = 0; i <= NameFunction.MAX_WAITING; i++) {
        harness.processElement1(new StreamRecord<>(kill));
      }
      assertThat(harness.extractOutputValues()).hasSize(NameFunction.MAX_WAITING + 1);
      assertThat(harness.numKeyedStateEntries()).isZero();
      assertThat(harness.numEventTimeTimers() + harness.numProcessingTimeTimers()).isZero();
    }
  }
}

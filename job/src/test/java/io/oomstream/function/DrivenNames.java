package io.oomstream.function;

import io.oomstream.anomaly.TestOccurrences;
import io.oomstream.anomaly.Unnamed;
import io.oomstream.event.OutgoingEvent;
import io.oomstream.function.catalogue.CatalogueRetentionFunction;
import io.oomstream.rule.RuleChange;
import io.oomstream.workload.CatalogueEntries;
import io.oomstream.workload.CatalogueEntry;
import io.oomstream.workload.KnownNamesChange;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.api.operators.co.KeyedCoProcessOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.apache.flink.streaming.util.KeyedTwoInputStreamOperatorTestHarness;
import org.jspecify.annotations.Nullable;

/**
 * The join of names behind the retained that bounds what it remembers: every second element is a
 * entry of the catalogue. Without event time nothing waits, and what is remembered stays.
 */
final class DrivenNames extends Driven {

  private static final long WAIT_MS = 10_000;

  private @Nullable KeyedOneInputStreamOperatorTestHarness<String, CatalogueEntry, KnownNamesChange>
      retained;
  private @Nullable
      KeyedTwoInputStreamOperatorTestHarness<String, Unnamed, KnownNamesChange, OutgoingEvent>
      names;
  private long watermark = Long.MIN_VALUE;

  DrivenNames(CountedFunction.Firings firings) {
    super(firings);
  }

  @Override
  void begin(@Nullable OperatorSubtaskState state) throws Exception {
    begin(null, state);
  }

  private void begin(
      @Nullable OperatorSubtaskState shelfState, @Nullable OperatorSubtaskState namesState)
      throws Exception {
    retained =
        new KeyedOneInputStreamOperatorTestHarness<>(
            new KeyedProcessOperator<>(
                CountedFunction.of(new CatalogueRetentionFunction(), firings)),
            CatalogueEntry::nodeKey,
            TypeInformation.of(String.class));
    names =
        new KeyedTwoInputStreamOperatorTestHarness<>(
            new KeyedCoProcessOperator<>(
                CountedFunction.of(new NameFunction(WAIT_MS, STALL_MS), firings)),
            Unnamed::key,
            KnownNamesChange::key,
            TypeInformation.of(String.class));
    names.setProcessingTime(processingTime());
    if (shelfState != null) {
      retained.initializeState(shelfState);
    }
    if (namesState != null) {
      names.initializeState(namesState);
    }
    retained.open();
    names.open();
  }

  @Override
  void restore() throws Exception {
    OperatorSubtaskState shelfState = retained().snapshot(1, 1);
    OperatorSubtaskState namesState = harness().snapshot(1, 1);
    output();
    close();
    begin(shelfState, namesState);
  }

  @Override
  void element(int number, long time) throws Exception {
    int container = number % 6;
    String id = "%012x".formatted(0xabc000 + container);
    String uid = "0b8f5d3e-94ad-4a6d-9f6b-%012x".formatted(container % 3);
    if (number % 2 == 0) {
      harness().processElement1(kill(number, time, id, uid), time);
      return;
    }
    String json =
        CatalogueEntries.link(
            "c", "h" + container, "ns", "web-" + container % 3, uid, "app", id, 0, 1 + number);
    CatalogueEntry entry = CatalogueEntries.read(json).get(0);
    CatalogueEntry said =
        new CatalogueEntry(
            entry.source(),
            entry.containerId(),
            entry.podUid(),
            entry.node(),
            entry.kubernetes(),
            entry.labels(),
            time > 0 ? time : 1,
            time);
    retained().processElement(said, time);
    forward();
  }

  private static Unnamed kill(int number, long time, String id, String uid) {
    byte[] data = "{\"workload\":{\"key\":\"k\"}}".getBytes(StandardCharsets.UTF_8);
    return new Unnamed(
        "h" + number % 6,
        time,
        number % 4 == 0 ? null : id,
        uid,
        new OutgoingEvent(OutgoingEvent.Type.KILL, "k" + number, null, "/", null, null, data),
        null,
        TestOccurrences.kill("h" + number % 6, "k" + number, time, "w"));
  }

  private void forward() throws Exception {
    for (KnownNamesChange change : retained().extractOutputValues()) {
      harness().processElement2(change, 0);
    }
    retained().getOutput().clear();
  }

  @Override
  void watermark(long time) throws Exception {
    watermark = time;
    retained().processWatermark(time);
    forward();
    harness().processWatermark2(new Watermark(time));
    harness().processWatermark1(new Watermark(time));
  }

  @Override
  void rule(RuleChange change) {}

  private KeyedOneInputStreamOperatorTestHarness<String, CatalogueEntry, KnownNamesChange>
      retained() {
    return Objects.requireNonNull(retained);
  }

  @Override
  KeyedTwoInputStreamOperatorTestHarness<String, Unnamed, KnownNamesChange, OutgoingEvent>
      harness() {
    return Objects.requireNonNull(names);
  }

  @Override
  int timersAndState() {
    // What waits has one of these.
    int waiting = harness().numProcessingTimeTimers();
    return watermark < Long.MAX_VALUE
        ? waiting
        : waiting
            + harness().numEventTimeTimers()
            + harness().numKeyedStateEntries()
            + retained().numKeyedStateEntries()
            + retained().numEventTimeTimers();
  }

  @Override
  public void close() throws Exception {
    retained().close();
    super.close();
  }
}

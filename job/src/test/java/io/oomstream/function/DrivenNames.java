package io.oomstream.function;

import io.oomstream.anomaly.TestOccurrences;
import io.oomstream.anomaly.Unnamed;
import io.oomstream.event.OutgoingEvent;
import io.oomstream.function.catalogue.ShelfFunction;
import io.oomstream.rule.RuleChange;
import io.oomstream.workload.BookChange;
import io.oomstream.workload.Word;
import io.oomstream.workload.Words;
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
 * The join of names behind the shelf that bounds what it remembers: every second element is a word
 * of the catalogue. Without event time nothing waits, and what is remembered stays.
 */
final class DrivenNames extends Driven {

  private static final long WAIT_MS = 10_000;

  private @Nullable KeyedOneInputStreamOperatorTestHarness<String, Word, BookChange> shelf;
  private @Nullable
      KeyedTwoInputStreamOperatorTestHarness<String, Unnamed, BookChange, OutgoingEvent>
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
    shelf =
        new KeyedOneInputStreamOperatorTestHarness<>(
            new KeyedProcessOperator<>(CountedFunction.of(new ShelfFunction(), firings)),
            Word::nodeKey,
            TypeInformation.of(String.class));
    names =
        new KeyedTwoInputStreamOperatorTestHarness<>(
            new KeyedCoProcessOperator<>(
                CountedFunction.of(new NameFunction(WAIT_MS, STALL_MS), firings)),
            Unnamed::key,
            BookChange::key,
            TypeInformation.of(String.class));
    names.setProcessingTime(processingTime());
    if (shelfState != null) {
      shelf.initializeState(shelfState);
    }
    if (namesState != null) {
      names.initializeState(namesState);
    }
    shelf.open();
    names.open();
  }

  @Override
  void restore() throws Exception {
    OperatorSubtaskState shelfState = shelf().snapshot(1, 1);
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
        Words.link(
            "c", "h" + container, "ns", "web-" + container % 3, uid, "app", id, 0, 1 + number);
    Word word = Words.read(json).get(0);
    Word said =
        new Word(
            word.source(),
            word.containerId(),
            word.podUid(),
            word.node(),
            word.kubernetes(),
            word.labels(),
            time > 0 ? time : 1,
            time);
    shelf().processElement(said, time);
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
    for (BookChange change : shelf().extractOutputValues()) {
      harness().processElement2(change, 0);
    }
    shelf().getOutput().clear();
  }

  @Override
  void watermark(long time) throws Exception {
    watermark = time;
    shelf().processWatermark(time);
    forward();
    harness().processWatermark2(new Watermark(time));
    harness().processWatermark1(new Watermark(time));
  }

  @Override
  void rule(RuleChange change) {}

  private KeyedOneInputStreamOperatorTestHarness<String, Word, BookChange> shelf() {
    return Objects.requireNonNull(shelf);
  }

  @Override
  KeyedTwoInputStreamOperatorTestHarness<String, Unnamed, BookChange, OutgoingEvent> harness() {
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
            + shelf().numKeyedStateEntries()
            + shelf().numEventTimeTimers();
  }

  @Override
  public void close() throws Exception {
    shelf().close();
    super.close();
  }
}

package io.oomstream.function;

import io.oomstream.anomaly.FleetPartial;
import io.oomstream.anomaly.FleetShare;
import io.oomstream.anomaly.Occurrence;
import io.oomstream.anomaly.Outbound;
import io.oomstream.anomaly.TestOccurrences;
import io.oomstream.assemble.AssembleSettings;
import io.oomstream.assemble.HostLine;
import io.oomstream.assemble.segment.LineBlock;
import io.oomstream.diagnosis.context.Language;
import io.oomstream.diagnosis.context.Thresholds;
import io.oomstream.event.SchemaAssert;
import io.oomstream.event.section.Host;
import io.oomstream.format.line.RawRecord;
import io.oomstream.lab.Lines;
import io.oomstream.rule.IncidentOptions;
import io.oomstream.rule.RuleChange;
import io.oomstream.state.States;
import io.oomstream.trend.MachineSample;
import io.oomstream.trend.TrendOptions;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.java.functions.KeySelector;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.streaming.api.functions.co.KeyedBroadcastProcessFunction;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.api.operators.co.CoBroadcastWithKeyedOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.apache.flink.streaming.util.KeyedTwoInputStreamOperatorTestHarness;
import org.jspecify.annotations.Nullable;

/** A keyed function with time, order and failure in a test's hands, its firings counted. */
abstract class Driven implements AutoCloseable {

  static final long STALL_MS = 30_000;
  private static final IncidentOptions OPTIONS = IncidentOptions.defaults();
  private static final String STRAIN = "w";

  final CountedFunction.Firings firings;
  private final List<String> output = new ArrayList<>();
  private long processingTime = 1_000;

  Driven(CountedFunction.Firings firings) {
    this.firings = firings;
  }

  /** The keyed functions, by name. */
  enum Which {
    SHARES,
    FLEET,
    INCIDENTS,
    TRENDS,
    ASSEMBLE,
    NAMES
  }

  static Driven of(Which which, CountedFunction.Firings firings) throws Exception {
    Driven driven =
        switch (which) {
          case SHARES ->
              new One<>(
                  firings,
                  () -> new FleetShareFunction(OPTIONS.settlingMs(), STALL_MS),
                  mark -> FleetShare.keyOf(mark, 2),
                  (number, time) ->
                      List.of(TestOccurrences.kill("h" + number % 7, "k" + number, time, STRAIN)));
          case FLEET ->
              new Two<>(
                  firings,
                  () -> new FleetFunction(OPTIONS, STALL_MS),
                  FleetPartial::workload,
                  Driven::partial);
          case INCIDENTS ->
              new Two<>(
                  firings,
                  () -> new IncidentFunction(OPTIONS, STALL_MS, Thresholds.defaults(), Language.EN),
                  Occurrence::hostKey,
                  Driven::mark);
          case TRENDS ->
              new One<>(
                  firings,
                  () -> new TrendFunction(TrendOptions.defaults(), STALL_MS),
                  MachineSample::hostKey,
                  Driven::sample);
          case ASSEMBLE ->
              new One<String, HostLine, LineBlock>(
                  firings,
                  () -> new AssembleFunction(AssembleSettings.defaults()),
                  line -> line.line().key(),
                  Driven::lines);
          case NAMES -> new DrivenNames(firings);
        };
    driven.begin(null);
    return driven;
  }

  private static List<Occurrence> mark(int number, long time) {
    String host = "h" + number % 3;
    return List.of(
        number % 2 == 0
            ? TestOccurrences.kill(host, "k" + number, time, "w" + number % 4)
            : TestOccurrences.failure(host, "f" + number, time, number % 5, 100 - number, "code"));
  }

  private static List<FleetPartial> partial(int number, long time) {
    return List.of(
        new FleetPartial(
            "w" + number % 2,
            number % 4,
            Math.floorDiv(time, 10_000),
            1 + number % 3,
            1,
            List.of(),
            List.of("k" + number),
            time,
            time));
  }

  private static List<MachineSample> sample(int number, long time) {
    String host = "h" + number % 3;
    long gib = 1L << 30;
    return List.of(
        new MachineSample(
            host,
            new Host(host, null, null, null, null, null),
            time,
            time,
            "s" + number,
            "b1",
            number % 5 == 4
                ? Map.of()
                : Map.of("managed", 64 * gib, "task_struct", (1 + number) * gib / 2),
            number % 2 == 0 ? Long.valueOf(number) : null,
            number % 3));
  }

  private static List<HostLine> lines(int number, long time) {
    String text =
        "{\"host\":\"h"
            + number % 3
            + "\",\"message\":\"<4>[ "
            + (1_000 + number)
            + ".000000] Out of memory: Killed process "
            + number
            + " (java) total-vm:1kB, anon-rss:1kB, file-rss:0kB, shmem-rss:0kB, UID:0"
            + " pgtables:1kB oom_score_adj:0\"}";
    RawRecord record =
        new RawRecord(
            "kernel.logs", 0, number, time, null, text.getBytes(StandardCharsets.UTF_8), Map.of());
    return Lines.decode(List.of(record), "h" + number % 3);
  }

  /** One of the function's elements, at that event time. */
  abstract void element(int number, long time) throws Exception;

  abstract void watermark(long time) throws Exception;

  abstract void rule(RuleChange change) throws Exception;

  abstract AbstractStreamOperatorTestHarness<?> harness();

  abstract int timersAndState();

  abstract void begin(@Nullable OperatorSubtaskState state) throws Exception;

  void processingTime(long time) throws Exception {
    processingTime = Math.max(processingTime, time);
    harness().setProcessingTime(processingTime);
  }

  long processingTime() {
    return processingTime;
  }

  void restore() throws Exception {
    OperatorSubtaskState state = harness().snapshot(1, 1);
    take();
    harness().close();
    begin(state);
  }

  /** What came out so far, events held against their schema. */
  List<String> output() {
    take();
    return output;
  }

  private void take() {
    for (Object value : harness().getOutput()) {
      if (value instanceof org.apache.flink.streaming.runtime.streamrecord.StreamRecord<?> record) {
        if (record.getValue() instanceof Outbound signal) {
          SchemaAssert.assertValid(signal.event());
          output.add(
              signal.event().id()
                  + " "
                  + new String(signal.event().data(), StandardCharsets.UTF_8));
        } else {
          output.add(String.valueOf(record.getValue()));
        }
      }
    }
    harness().getOutput().clear();
  }

  @Override
  public void close() throws Exception {
    harness().close();
  }

  /** Makes a function anew, as each attempt of a job does. */
  interface Maker<F> {
    F make();
  }

  /** Makes elements. */
  interface Elements<I> {
    List<I> of(int number, long time) throws Exception;
  }

  private static final class One<K, I, O> extends Driven {
    private final Maker<KeyedProcessFunction<String, I, O>> function;
    private final KeySelector<I, String> key;
    private final Elements<I> elements;
    private @Nullable KeyedOneInputStreamOperatorTestHarness<String, I, O> harness;

    One(
        CountedFunction.Firings firings,
        Maker<KeyedProcessFunction<String, I, O>> function,
        KeySelector<I, String> key,
        Elements<I> elements) {
      super(firings);
      this.function = function;
      this.key = key;
      this.elements = elements;
    }

    @Override
    void begin(@Nullable OperatorSubtaskState state) throws Exception {
      harness =
          new KeyedOneInputStreamOperatorTestHarness<>(
              new KeyedProcessOperator<>(CountedFunction.of(function.make(), firings)),
              key,
              TypeInformation.of(String.class));
      harness.setProcessingTime(processingTime());
      if (state != null) {
        harness.initializeState(state);
      }
      harness.open();
    }

    @Override
    void element(int number, long time) throws Exception {
      for (I element : elements.of(number, time)) {
        harness().processElement(element, time);
      }
    }

    @Override
    void watermark(long time) throws Exception {
      harness().processWatermark(time);
    }

    @Override
    void rule(RuleChange change) {}

    @Override
    KeyedOneInputStreamOperatorTestHarness<String, I, O> harness() {
      return java.util.Objects.requireNonNull(harness);
    }

    @Override
    int timersAndState() {
      return harness().numKeyedStateEntries()
          + harness().numEventTimeTimers()
          + harness().numProcessingTimeTimers();
    }
  }

  private static final class Two<I> extends Driven {
    private final Maker<KeyedBroadcastProcessFunction<String, I, RuleChange, Outbound>> function;
    private final KeySelector<I, String> key;
    private final Elements<I> elements;
    private @Nullable KeyedTwoInputStreamOperatorTestHarness<String, I, RuleChange, Outbound>
        harness;

    Two(
        CountedFunction.Firings firings,
        Maker<KeyedBroadcastProcessFunction<String, I, RuleChange, Outbound>> function,
        KeySelector<I, String> key,
        Elements<I> elements) {
      super(firings);
      this.function = function;
      this.key = key;
      this.elements = elements;
    }

    @Override
    void begin(@Nullable OperatorSubtaskState state) throws Exception {
      harness =
          new KeyedTwoInputStreamOperatorTestHarness<>(
              new CoBroadcastWithKeyedOperator<>(
                  CountedFunction.of(function.make(), firings), List.of(States.rules())),
              key,
              null,
              TypeInformation.of(String.class));
      harness.setProcessingTime(processingTime());
      if (state != null) {
        harness.initializeState(state);
      }
      harness.open();
    }

    @Override
    void element(int number, long time) throws Exception {
      for (I element : elements.of(number, time)) {
        harness().processElement1(element, time);
      }
    }

    @Override
    void watermark(long time) throws Exception {
      harness().processWatermark2(new Watermark(time));
      harness().processWatermark1(new Watermark(time));
    }

    @Override
    void rule(RuleChange change) throws Exception {
      harness().processElement2(change, change.saidMs());
    }

    @Override
    KeyedTwoInputStreamOperatorTestHarness<String, I, RuleChange, Outbound> harness() {
      return java.util.Objects.requireNonNull(harness);
    }

    @Override
    int timersAndState() {
      return harness().numKeyedStateEntries()
          + harness().numEventTimeTimers()
          + harness().numProcessingTimeTimers();
    }
  }
}

package io.oomstream.function;

import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.java.functions.KeySelector;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.Metric;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.metrics.groups.AbstractMetricGroup;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;
import org.apache.flink.runtime.state.storage.JobManagerCheckpointStorage;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.operators.TwoInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.apache.flink.streaming.util.KeyedTwoInputStreamOperatorTestHarness;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.apache.flink.streaming.util.TwoInputStreamOperatorTestHarness;
import org.apache.flink.util.OutputTag;
import org.jspecify.annotations.Nullable;

/**
 * One operator of the graph with all its subtasks, in one thread. A keyed element goes to the
 * subtask to which Flink would send it.
 *
 * @param <I> elements
 * @param <B> what is broadcast; {@link Void} for an operator of one input
 * @param <O> results
 */
final class Subtasks<I, B, O> implements AutoCloseable {

  private static final int MAX_PARALLELISM = 128;

  /** Makes a subtask's harness. */
  private interface Maker<O> {
    AbstractStreamOperatorTestHarness<O> make(int parallelism, int subtask) throws Exception;
  }

  private final List<AbstractStreamOperatorTestHarness<O>> all = new ArrayList<>();
  private final int parallelism;
  private final @Nullable KeySelector<I, ?> key;
  private final @Nullable KeySelector<B, ?> otherKey;
  private final Maker<O> maker;
  private long watermark = Long.MIN_VALUE;
  private long processingTime = Long.MIN_VALUE;

  private Subtasks(
      int parallelism,
      @Nullable KeySelector<I, ?> key,
      @Nullable KeySelector<B, ?> otherKey,
      @Nullable OperatorSubtaskState restored,
      Maker<O> maker)
      throws Exception {
    this.parallelism = parallelism;
    this.key = key;
    this.otherKey = otherKey;
    this.maker = maker;
    if (restored != null) {
      begin(restored);
    }
  }

  static <I, O> Subtasks<I, Void, O> of(
      int parallelism,
      Supplier<OneInputStreamOperator<I, O>> operator,
      @Nullable OperatorSubtaskState restored)
      throws Exception {
    return new Subtasks<>(
        parallelism,
        null,
        null,
        restored,
        (of, subtask) ->
            new OneInputStreamOperatorTestHarness<>(operator.get(), MAX_PARALLELISM, of, subtask));
  }

  static <K, I, O> Subtasks<I, Void, O> keyed(
      int parallelism,
      Supplier<OneInputStreamOperator<I, O>> operator,
      KeySelector<I, K> key,
      Class<K> type,
      @Nullable OperatorSubtaskState restored)
      throws Exception {
    return new Subtasks<>(
        parallelism,
        key,
        null,
        restored,
        (of, subtask) ->
            new KeyedOneInputStreamOperatorTestHarness<>(
                operator.get(), key, TypeInformation.of(type), MAX_PARALLELISM, of, subtask));
  }

  static <I, B, O> Subtasks<I, B, O> withBroadcast(
      int parallelism,
      Supplier<TwoInputStreamOperator<I, B, O>> operator,
      @Nullable KeySelector<I, String> key,
      @Nullable OperatorSubtaskState restored)
      throws Exception {
    return new Subtasks<>(
        parallelism,
        key,
        null,
        restored,
        (of, subtask) ->
            key == null
                ? new TwoInputStreamOperatorTestHarness<>(
                    operator.get(), MAX_PARALLELISM, of, subtask)
                : new KeyedTwoInputStreamOperatorTestHarness<>(
                    operator.get(),
                    key,
                    null,
                    TypeInformation.of(String.class),
                    MAX_PARALLELISM,
                    of,
                    subtask));
  }

  /** Both inputs are keyed. */
  static <I, B, O> Subtasks<I, B, O> connected(
      int parallelism,
      Supplier<TwoInputStreamOperator<I, B, O>> operator,
      KeySelector<I, String> key,
      KeySelector<B, String> otherKey,
      @Nullable OperatorSubtaskState restored)
      throws Exception {
    return new Subtasks<>(
        parallelism,
        key,
        otherKey,
        restored,
        (of, subtask) ->
            new KeyedTwoInputStreamOperatorTestHarness<>(
                operator.get(),
                key,
                otherKey,
                TypeInformation.of(String.class),
                MAX_PARALLELISM,
                of,
                subtask));
  }

  /** Harnesses are dear, and many a test uses half of the operators only. */
  private List<AbstractStreamOperatorTestHarness<O>> begun() throws Exception {
    if (all.isEmpty()) {
      begin(null);
    }
    return all;
  }

  private void begin(@Nullable OperatorSubtaskState restored) throws Exception {
    for (int i = 0; i < parallelism; i++) {
      AbstractStreamOperatorTestHarness<O> harness = maker.make(parallelism, i);
      // For savepoints of thousands of hosts; the default takes 5 MiB.
      harness.setCheckpointStorage(new JobManagerCheckpointStorage(1 << 30));
      if (restored != null) {
        harness.initializeState(
            AbstractStreamOperatorTestHarness.repartitionOperatorState(
                restored,
                MAX_PARALLELISM,
                restored.getManagedOperatorState().size(),
                parallelism,
                i));
      }
      harness.open();
      all.add(harness);
    }
    if (processingTime != Long.MIN_VALUE) {
      processingTime(processingTime);
    }
    if (watermark != Long.MIN_VALUE) {
      watermark(watermark);
    }
  }

  int parallelism() {
    return parallelism;
  }

  /** To the subtask of its key. */
  void element(I value, long time) throws Exception {
    if (key == null) {
      throw new IllegalStateException("not keyed: say which subtask");
    }
    element(subtaskOf(key.getKey(value)), value, time);
  }

  private int subtaskOf(Object keyed) {
    return KeyGroupRangeAssignment.assignKeyToParallelOperator(keyed, MAX_PARALLELISM, parallelism);
  }

  /** Of the second input, to the subtask of its key. */
  @SuppressWarnings("unchecked") // the harnesses were made for these types
  void other(B value, long time) throws Exception {
    int subtask = subtaskOf(java.util.Objects.requireNonNull(otherKey).getKey(value));
    ((TwoInputStreamOperatorTestHarness<I, B, O>) begun().get(subtask))
        .processElement2(value, time);
  }

  @SuppressWarnings("unchecked") // the harnesses were made for these types
  void element(int subtask, I value, long time) throws Exception {
    if (begun().get(subtask) instanceof TwoInputStreamOperatorTestHarness<?, ?, ?> two) {
      ((TwoInputStreamOperatorTestHarness<I, B, O>) two).processElement1(value, time);
    } else {
      ((OneInputStreamOperatorTestHarness<I, O>) all.get(subtask)).processElement(value, time);
    }
  }

  @SuppressWarnings("unchecked") // likewise
  void broadcast(B value, long time) throws Exception {
    for (AbstractStreamOperatorTestHarness<O> harness : begun()) {
      ((TwoInputStreamOperatorTestHarness<I, B, O>) harness).processElement2(value, time);
    }
  }

  void watermark(long time) throws Exception {
    watermark = time;
    for (AbstractStreamOperatorTestHarness<O> harness : all) {
      if (harness instanceof TwoInputStreamOperatorTestHarness<?, ?, ?> two) {
        two.processWatermark2(new Watermark(time));
        two.processWatermark1(new Watermark(time));
      } else {
        ((OneInputStreamOperatorTestHarness<?, ?>) harness).processWatermark(time);
      }
    }
  }

  void processingTime(long time) throws Exception {
    processingTime = time;
    for (AbstractStreamOperatorTestHarness<O> harness : all) {
      harness.setProcessingTime(time);
    }
  }

  /** What one subtask has given since the last time. */
  @SuppressWarnings("unchecked") // the output has no other type
  List<O> take(int subtask) {
    List<O> taken = new ArrayList<>();
    if (all.isEmpty()) {
      return taken;
    }
    for (Object output : all.get(subtask).getOutput()) {
      if (output instanceof StreamRecord<?> record) {
        taken.add((O) record.getValue());
      }
    }
    all.get(subtask).getOutput().clear();
    return taken;
  }

  /** The same of all. */
  List<O> take() {
    List<O> taken = new ArrayList<>();
    for (int i = 0; i < parallelism; i++) {
      taken.addAll(take(i));
    }
    return taken;
  }

  <T> List<T> take(int subtask, OutputTag<T> tag) {
    List<T> taken = new ArrayList<>();
    if (all.isEmpty()) {
      return taken;
    }
    var side = all.get(subtask).getSideOutput(tag);
    if (side != null) {
      side.forEach(record -> taken.add(record.getValue()));
      side.clear();
    }
    return taken;
  }

  <T> void take(OutputTag<T> tag, Consumer<T> to) {
    for (int i = 0; i < parallelism; i++) {
      take(i, tag).forEach(to);
    }
  }

  /** The state of all subtasks, for any parallelism. */
  OperatorSubtaskState snapshot() throws Exception {
    OperatorSubtaskState[] states = new OperatorSubtaskState[parallelism];
    for (int i = 0; i < states.length; i++) {
      states[i] = begun().get(i).snapshot(1, 1);
    }
    return AbstractStreamOperatorTestHarness.repackageState(states);
  }

  int numKeyedStateEntries() {
    int entries = 0;
    for (AbstractStreamOperatorTestHarness<O> harness : all) {
      if (harness instanceof KeyedOneInputStreamOperatorTestHarness<?, ?, ?> one) {
        entries += one.numKeyedStateEntries();
      } else if (harness instanceof KeyedTwoInputStreamOperatorTestHarness<?, ?, ?, ?> two) {
        entries += two.numKeyedStateEntries();
      }
    }
    return entries;
  }

  int numEventTimeTimers() {
    return all.stream().mapToInt(AbstractStreamOperatorTestHarness::numEventTimeTimers).sum();
  }

  int numProcessingTimeTimers() {
    return all.stream().mapToInt(AbstractStreamOperatorTestHarness::numProcessingTimeTimers).sum();
  }

  /** Nothing may stay behind: neither state nor timers. */
  int residue() {
    return key == null
        ? 0
        : numKeyedStateEntries() + numEventTimeTimers() + numProcessingTimeTimers();
  }

  /** Whether anything has come to the operator. */
  boolean isBegun() {
    return !all.isEmpty();
  }

  /** A counter or gauge, over all subtasks; null if the operator has none of that name. */
  @Nullable Long metric(String name) throws Exception {
    Long sum = null;
    for (AbstractStreamOperatorTestHarness<O> harness : begun()) {
      Metric metric = metricsOf((AbstractStreamOperator<?>) harness.getOperator()).get(name);
      Long value = null;
      if (metric instanceof Counter counter) {
        value = counter.getCount();
      } else if (metric instanceof Gauge<?> gauge) {
        value = ((Number) gauge.getValue()).longValue();
      }
      sum = value == null ? sum : Long.valueOf(value + (sum == null ? 0 : sum));
    }
    return sum;
  }

  @SuppressWarnings("unchecked") // Flink has no way to ask for a registered metric
  private static Map<String, Metric> metricsOf(AbstractStreamOperator<?> operator)
      throws Exception {
    Object group = operator.getMetricGroup();
    Class<?> type = group.getClass();
    while (type != null && type != AbstractMetricGroup.class) {
      type = type.getSuperclass();
    }
    Field metrics = AbstractMetricGroup.class.getDeclaredField("metrics");
    metrics.setAccessible(true);
    return (Map<String, Metric>) metrics.get(group);
  }

  @Override
  public void close() throws Exception {
    for (AbstractStreamOperatorTestHarness<O> harness : all) {
      harness.close();
    }
  }
}

package io.oomstream.function;

import java.util.concurrent.atomic.AtomicLong;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.streaming.api.functions.co.KeyedBroadcastProcessFunction;
import org.apache.flink.streaming.api.functions.co.KeyedCoProcessFunction;
import org.apache.flink.util.Collector;

/**
 * A keyed function whose firings are counted; a runaway one is cut by the count, since within one
 * watermark nothing else could.
 */
final class CountedFunction {

  /** What has fired, and when it is too much. */
  static final class Firings {
    private final AtomicLong count = new AtomicLong();
    private final long limit;

    Firings(long limit) {
      this.limit = limit;
    }

    long count() {
      return count.get();
    }

    void fire() {
      if (count.incrementAndGet() > limit) {
        throw new AssertionError("more than " + limit + " firings: a loop");
      }
    }
  }

  private CountedFunction() {}

  static <K, I, O> KeyedProcessFunction<K, I, O> of(
      KeyedProcessFunction<K, I, O> function, Firings firings) {
    return new One<>(function, firings);
  }

  static <K, I, B, O> KeyedBroadcastProcessFunction<K, I, B, O> of(
      KeyedBroadcastProcessFunction<K, I, B, O> function, Firings firings) {
    return new Two<>(function, firings);
  }

  static <K, I, B, O> KeyedCoProcessFunction<K, I, B, O> of(
      KeyedCoProcessFunction<K, I, B, O> function, Firings firings) {
    return new Connected<>(function, firings);
  }

  private static final class One<K, I, O> extends KeyedProcessFunction<K, I, O>
      implements CheckpointedFunction {
    private static final long serialVersionUID = 1L;
    private final KeyedProcessFunction<K, I, O> function;
    private final transient Firings firings;

    One(KeyedProcessFunction<K, I, O> function, Firings firings) {
      this.function = function;
      this.firings = firings;
    }

    @Override
    public void setRuntimeContext(RuntimeContext context) {
      super.setRuntimeContext(context);
      function.setRuntimeContext(context);
    }

    @Override
    public void open(OpenContext context) throws Exception {
      function.open(context);
    }

    @Override
    public void close() throws Exception {
      function.close();
    }

    @Override
    public void initializeState(FunctionInitializationContext context) throws Exception {
      if (function instanceof CheckpointedFunction stateful) {
        stateful.initializeState(context);
      }
    }

    @Override
    public void snapshotState(FunctionSnapshotContext context) throws Exception {
      if (function instanceof CheckpointedFunction stateful) {
        stateful.snapshotState(context);
      }
    }

    @Override
    public void processElement(I value, Context context, Collector<O> out) throws Exception {
      function.processElement(value, context, out);
    }

    @Override
    public void onTimer(long timestamp, OnTimerContext context, Collector<O> out) throws Exception {
      firings.fire();
      function.onTimer(timestamp, context, out);
    }
  }

  private static final class Two<K, I, B, O> extends KeyedBroadcastProcessFunction<K, I, B, O> {
    private static final long serialVersionUID = 1L;
    private final KeyedBroadcastProcessFunction<K, I, B, O> function;
    private final transient Firings firings;

    Two(KeyedBroadcastProcessFunction<K, I, B, O> function, Firings firings) {
      this.function = function;
      this.firings = firings;
    }

    @Override
    public void setRuntimeContext(RuntimeContext context) {
      super.setRuntimeContext(context);
      function.setRuntimeContext(context);
    }

    @Override
    public void open(OpenContext context) throws Exception {
      function.open(context);
    }

    @Override
    public void close() throws Exception {
      function.close();
    }

    @Override
    public void processElement(I value, ReadOnlyContext context, Collector<O> out)
        throws Exception {
      function.processElement(value, context, out);
    }

    @Override
    public void processBroadcastElement(B value, Context context, Collector<O> out)
        throws Exception {
      function.processBroadcastElement(value, context, out);
    }

    @Override
    public void onTimer(long timestamp, OnTimerContext context, Collector<O> out) throws Exception {
      firings.fire();
      function.onTimer(timestamp, context, out);
    }
  }

  private static final class Connected<K, I, B, O> extends KeyedCoProcessFunction<K, I, B, O> {
    private static final long serialVersionUID = 1L;
    private final KeyedCoProcessFunction<K, I, B, O> function;
    private final transient Firings firings;

    Connected(KeyedCoProcessFunction<K, I, B, O> function, Firings firings) {
      this.function = function;
      this.firings = firings;
    }

    @Override
    public void setRuntimeContext(RuntimeContext context) {
      super.setRuntimeContext(context);
      function.setRuntimeContext(context);
    }

    @Override
    public void open(OpenContext context) throws Exception {
      function.open(context);
    }

    @Override
    public void processElement1(I value, Context context, Collector<O> out) throws Exception {
      function.processElement1(value, context, out);
    }

    @Override
    public void processElement2(B value, Context context, Collector<O> out) throws Exception {
      function.processElement2(value, context, out);
    }

    @Override
    public void onTimer(long timestamp, OnTimerContext context, Collector<O> out) throws Exception {
      firings.fire();
      function.onTimer(timestamp, context, out);
    }
  }
}

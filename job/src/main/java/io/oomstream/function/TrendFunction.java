package io.oomstream.function;

import io.oomstream.event.OutgoingEvent;
import io.oomstream.state.States;
import io.oomstream.trend.MachineHistory;
import io.oomstream.trend.MachineSample;
import io.oomstream.trend.TrendDetector;
import io.oomstream.trend.TrendOptions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.metrics.Counter;
import org.apache.flink.streaming.api.TimerService;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;
import org.jspecify.annotations.NullUnmarked;

/**
 * Signals over a machine's memory samples. A sample waits until those before it are here, and is
 * taken in at its place; the history is forgotten when its window has passed.
 */
@NullUnmarked
public final class TrendFunction
    extends KeyedProcessFunction<String, MachineSample, OutgoingEvent> {

  private static final long serialVersionUID = 1L;

  /** Samples of one machine that may wait; it sends one a minute or so. */
  private static final int MAX_PENDING = 4096;

  /** Timers are set to full seconds, so that samples share them. */
  private static final long TIMER_STEP_MS = 1_000;

  private static final Comparator<MachineSample> IN_ORDER =
      Comparator.comparingLong(MachineSample::eventTimeMs)
          .thenComparingLong(MachineSample::measuredMs)
          .thenComparing(MachineSample::id);

  private final TrendOptions options;

  private transient ValueState<MachineHistory> histories;
  private transient ListState<MachineSample> pending;
  private transient ValueState<Long> pendingCount;
  private transient ValueState<Long> expiry;
  private transient Counter signals;
  private transient Counter late;
  private transient Counter overLimit;

  public TrendFunction(TrendOptions options) {
    this.options = options;
  }

  @Override
  public void open(OpenContext context) {
    histories = getRuntimeContext().getState(States.machineHistory());
    pending = getRuntimeContext().getListState(States.pendingSamples());
    pendingCount = getRuntimeContext().getState(States.pendingCount());
    expiry = getRuntimeContext().getState(States.machineExpiry());
    signals = getRuntimeContext().getMetricGroup().counter(Metrics.TREND_SIGNALS);
    late = getRuntimeContext().getMetricGroup().counter(Metrics.SAMPLES_LATE);
    overLimit = getRuntimeContext().getMetricGroup().counter(Metrics.SAMPLES_OVER_LIMIT);
  }

  @Override
  public void processElement(MachineSample sample, Context context, Collector<OutgoingEvent> out)
      throws Exception {
    TimerService timers = context.timerService();
    if (sample.killLines() > 0) {
      keep(TrendDetector.seeKills(histories.value(), sample), timers);
    }
    if (sample.values().isEmpty()) {
      return;
    }
    Long count = pendingCount.value();
    long waiting = count == null ? 0 : count;
    long turn = turnOf(sample);
    if (turn <= timers.currentWatermark()) {
      late.inc();
    } else if (waiting >= MAX_PENDING) {
      overLimit.inc();
    } else {
      pending.add(sample);
      pendingCount.update(waiting + 1);
      timers.registerEventTimeTimer(turn);
    }
  }

  @Override
  public void onTimer(long timestamp, OnTimerContext context, Collector<OutgoingEvent> out)
      throws Exception {
    takeIn(timestamp, context, out);
    Long until = expiry.value();
    if (until != null && until <= timestamp) {
      expiry.clear();
      forgetOrWait(timestamp, context, out);
    }
  }

  private void takeIn(long timestamp, OnTimerContext context, Collector<OutgoingEvent> out)
      throws Exception {
    List<MachineSample> due = new ArrayList<>();
    List<MachineSample> rest = new ArrayList<>();
    for (MachineSample sample : pending.get()) {
      (turnOf(sample) <= timestamp ? due : rest).add(sample);
    }
    if (due.isEmpty()) {
      return;
    }
    due.sort(IN_ORDER);
    MachineHistory history = histories.value();
    for (MachineSample sample : due) {
      TrendDetector.Step step = TrendDetector.next(history, sample, options);
      history = step.history();
      emit(step.signals(), sample.hostKey(), out);
    }
    if (rest.isEmpty()) {
      pending.clear();
      pendingCount.clear();
    } else {
      pending.update(rest);
      pendingCount.update((long) rest.size());
    }
    keep(history, context.timerService());
  }

  private void forgetOrWait(long timestamp, OnTimerContext context, Collector<OutgoingEvent> out)
      throws Exception {
    MachineHistory history = histories.value();
    if (history == null) {
      return;
    }
    if (history.lastEventMs() + options.windowMs() > timestamp) {
      keep(history, context.timerService());
      return;
    }
    // The end of a bounded input is no silence of the machine's.
    if (context.timerService().currentWatermark() != Long.MAX_VALUE) {
      emit(
          TrendDetector.forget(context.getCurrentKey(), history, options),
          context.getCurrentKey(),
          out);
    }
    histories.clear();
  }

  private void keep(MachineHistory history, TimerService timers) throws Exception {
    histories.update(history);
    if (expiry.value() == null) {
      long until = history.lastEventMs() + options.windowMs() + options.settlingMs();
      timers.registerEventTimeTimer(until);
      expiry.update(until);
    }
  }

  private void emit(
      List<TrendDetector.Raised> raised, String hostKey, Collector<OutgoingEvent> out) {
    for (TrendDetector.Raised signal : raised) {
      signals.inc();
      out.collect(Outgoing.signal(signal, hostKey));
    }
  }

  private long turnOf(MachineSample sample) {
    long at = sample.eventTimeMs() + options.settlingMs();
    return Math.floorDiv(at + TIMER_STEP_MS - 1, TIMER_STEP_MS) * TIMER_STEP_MS;
  }
}

package io.oomstream.function;

import io.oomstream.anomaly.Outbound;
import io.oomstream.diagnosis.context.EventTime;
import io.oomstream.state.KeyTimers;
import io.oomstream.state.States;
import io.oomstream.step.TrendTurn;
import io.oomstream.trend.MachineHistory;
import io.oomstream.trend.MachineSample;
import io.oomstream.trend.TrendDetector;
import io.oomstream.trend.TrendOptions;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.metrics.Counter;
import org.apache.flink.streaming.api.TimeDomain;
import org.apache.flink.streaming.api.TimerService;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;
import org.jspecify.annotations.NullUnmarked;

/**
 * Signals over a machine's memory samples. Samples wait until event time reaches them and are
 * processed in order; the history is dropped when its window has passed. If event time stands
 * still, both follow the {@link StallRule}.
 */
@NullUnmarked
public final class TrendFunction extends KeyedProcessFunction<String, MachineSample, Outbound> {

  private static final long serialVersionUID = 1L;

  private final TrendOptions options;
  private final CoalescedTimer timer;

  private transient ValueState<MachineHistory> histories;
  private transient ListState<MachineSample> pending;
  private transient ValueState<KeyTimers> timerStates;
  private transient Counter signals;
  private transient Counter late;
  private transient Counter overLimit;

  public TrendFunction(TrendOptions options, long stallMs) {
    this.options = options;
    this.timer = new CoalescedTimer(StallRule.of(stallMs));
  }

  @Override
  public void open(OpenContext context) {
    histories = getRuntimeContext().getState(States.machineHistory());
    pending = getRuntimeContext().getListState(States.pendingSamples());
    timerStates = getRuntimeContext().getState(States.timers());
    timer.open(getRuntimeContext().getMetricGroup());
    signals = getRuntimeContext().getMetricGroup().counter(Metrics.TREND_SIGNALS);
    late = getRuntimeContext().getMetricGroup().counter(Metrics.SAMPLES_LATE);
    overLimit = getRuntimeContext().getMetricGroup().counter(Metrics.SAMPLES_OVER_LIMIT);
  }

  @Override
  public void processElement(MachineSample sample, Context context, Collector<Outbound> out)
      throws Exception {
    TimerService service = context.timerService();
    KeyTimers timers = timers();
    MachineHistory history = histories.value();
    if (sample.killLines() > 0) {
      history = TrendDetector.seeKills(history, sample);
      histories.update(history);
    }
    int waiting = timers.waiting();
    if (!sample.values().isEmpty()) {
      if (TrendTurn.turnOf(sample, options) <= service.currentWatermark()) {
        late.inc();
      } else if (waiting >= TrendTurn.MAX_WAITING) {
        overLimit.inc();
      } else {
        pending.add(sample);
        waiting++;
      }
    }
    Long due = waiting > timers.waiting() ? Long.valueOf(TrendTurn.turnOf(sample, options)) : null;
    if (history != null) {
      due = earlier(due, TrendDetector.forgottenAt(history, options));
    }
    if (due == null && timers.event() == KeyTimers.NONE) {
      return;
    }
    KeyTimers now =
        timer
            .arrived(timers, EventTime.writable(sample.eventTimeMs()), service)
            .withWaiting(waiting);
    timerStates.update(timer.wait(now, earlier(due, timers.event()), service));
  }

  @Override
  public void onTimer(long timestamp, OnTimerContext context, Collector<Outbound> out)
      throws Exception {
    TimerService service = context.timerService();
    KeyTimers timers = timers();
    if (context.timeDomain() == TimeDomain.EVENT_TIME) {
      takeIn(CoalescedTimer.reached(service), timers.withEvent(KeyTimers.NONE), context, out);
      return;
    }
    timers = timers.withProcessing(KeyTimers.NONE);
    KeyTimers again = timer.lookAgain(timers, service);
    if (again != null) {
      timerStates.update(again);
    } else if (timers.waiting() > 0) {
      takeIn(TrendTurn.EVERY_SAMPLE, timers, context, out);
    } else {
      takeIn(timers.event(), timers, context, out);
    }
  }

  /** Processes the samples up to that event time, and drops old history. */
  private void takeIn(long until, KeyTimers timers, OnTimerContext context, Collector<Outbound> out)
      throws Exception {
    TrendTurn turn =
        TrendTurn.take(context.getCurrentKey(), histories.value(), pending.get(), until, options);
    turn.signals().forEach(out::collect);
    signals.inc(turn.signals().size());
    keep(turn, timers, context.timerService());
  }

  private void keep(TrendTurn turn, KeyTimers timers, TimerService service) throws Exception {
    if (turn.history() == null) {
      histories.clear();
    } else {
      histories.update(turn.history());
    }
    if (turn.left().isEmpty()) {
      pending.clear();
    } else {
      pending.update(turn.left());
    }
    KeyTimers kept = timer.waitOn(timers.withWaiting(turn.left().size()), turn.due(), service);
    if (turn.due() == null) {
      timerStates.clear();
    } else {
      timerStates.update(kept);
    }
  }

  private static Long earlier(Long a, long b) {
    return a == null ? Long.valueOf(b) : Long.valueOf(Math.min(a, b));
  }

  private KeyTimers timers() throws Exception {
    KeyTimers timers = timerStates.value();
    return timers == null ? KeyTimers.EMPTY : timers;
  }
}

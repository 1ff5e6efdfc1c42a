package io.oomstream.function;

import io.oomstream.anomaly.Outbound;
import io.oomstream.diagnosis.context.EventTime;
import io.oomstream.state.KeyTimers;
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

  /** Waiting samples of one machine; a machine sends about one each minute. */
  private static final int MAX_PENDING = 4096;

  /** No sample waits longer. */
  private static final long LAST_TURN = Long.MAX_VALUE - 1;

  private static final Comparator<MachineSample> IN_ORDER =
      Comparator.comparingLong(MachineSample::eventTimeMs)
          .thenComparingLong(MachineSample::measuredMs)
          .thenComparing(MachineSample::id);

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
      if (turnOf(sample) <= service.currentWatermark()) {
        late.inc();
      } else if (waiting >= MAX_PENDING) {
        overLimit.inc();
      } else {
        pending.add(sample);
        waiting++;
      }
    }
    Long due = waiting > timers.waiting() ? Long.valueOf(turnOf(sample)) : null;
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
      takeIn(LAST_TURN, timers, context, out);
    } else {
      takeIn(timers.event(), timers, context, out);
    }
  }

  /** Processes the samples up to that event time, and drops old history. */
  private void takeIn(long until, KeyTimers timers, OnTimerContext context, Collector<Outbound> out)
      throws Exception {
    List<MachineSample> due = new ArrayList<>();
    List<MachineSample> rest = new ArrayList<>();
    for (MachineSample sample : pending.get()) {
      (turnOf(sample) <= until ? due : rest).add(sample);
    }
    due.sort(IN_ORDER);
    String hostKey = context.getCurrentKey();
    MachineHistory history = histories.value();
    for (MachineSample sample : due) {
      // The result must not depend on whether event time advances in steps or by a leap.
      history = forget(history, turnOf(sample), hostKey, out);
      TrendDetector.Step step = TrendDetector.next(history, sample, options);
      history = step.history();
      emit(step.signals(), hostKey, sample.eventTimeMs(), out);
    }
    if (until == Long.MAX_VALUE) {
      history = null; // the end of a bounded input does not mean that the machine is silent
    } else if (until != LAST_TURN) {
      history = forget(history, until, hostKey, out);
    }
    keep(rest, history, timers, context.timerService());
  }

  /** Null if nothing of the machine came for its window. */
  private MachineHistory forget(
      MachineHistory history, long eventTimeMs, String hostKey, Collector<Outbound> out) {
    if (history == null || TrendDetector.forgottenAt(history, options) > eventTimeMs) {
      return history;
    }
    emit(TrendDetector.forget(hostKey, history, options), hostKey, history.lastEventMs(), out);
    return null;
  }

  private void keep(
      List<MachineSample> left, MachineHistory history, KeyTimers timers, TimerService service)
      throws Exception {
    Long due = null;
    if (history == null) {
      histories.clear();
    } else {
      histories.update(history);
      due = TrendDetector.forgottenAt(history, options);
    }
    if (left.isEmpty()) {
      pending.clear();
    } else {
      pending.update(left);
      for (MachineSample sample : left) {
        due = earlier(due, turnOf(sample));
      }
    }
    KeyTimers kept = timer.waitOn(timers.withWaiting(left.size()), due, service);
    if (due == null) {
      timerStates.clear();
    } else {
      timerStates.update(kept);
    }
  }

  private void emit(
      List<TrendDetector.Raised> raised,
      String hostKey,
      long eventTimeMs,
      Collector<Outbound> out) {
    for (TrendDetector.Raised signal : raised) {
      signals.inc();
      out.collect(CloudEvents.signal(signal.id(), signal.signal(), hostKey, eventTimeMs));
    }
  }

  private long turnOf(MachineSample sample) {
    return EventTime.plus(EventTime.writable(sample.eventTimeMs()), options.settlingMs());
  }

  private static Long earlier(Long a, long b) {
    return a == null ? Long.valueOf(b) : Long.valueOf(Math.min(a, b));
  }

  private KeyTimers timers() throws Exception {
    KeyTimers timers = timerStates.value();
    return timers == null ? KeyTimers.EMPTY : timers;
  }
}

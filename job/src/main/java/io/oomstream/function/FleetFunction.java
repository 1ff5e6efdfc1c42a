package io.oomstream.function;

import io.oomstream.anomaly.FleetDetector;
import io.oomstream.anomaly.FleetHistory;
import io.oomstream.anomaly.FleetPartial;
import io.oomstream.anomaly.FleetShare;
import io.oomstream.anomaly.Outbound;
import io.oomstream.diagnosis.context.EventTime;
import io.oomstream.rule.IncidentOptions;
import io.oomstream.rule.RuleChange;
import io.oomstream.state.KeyTimers;
import io.oomstream.state.States;
import io.oomstream.step.OutgoingEvents;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.metrics.Counter;
import org.apache.flink.streaming.api.TimeDomain;
import org.apache.flink.streaming.api.TimerService;
import org.apache.flink.streaming.api.functions.co.KeyedBroadcastProcessFunction;
import org.apache.flink.util.Collector;
import org.jspecify.annotations.NullUnmarked;

/**
 * Step 7, second stage of the fleet: keyed by workload. Adds up the partials of a slice when event
 * time has passed it, so that all shares have sent theirs.
 */
@NullUnmarked
public final class FleetFunction
    extends KeyedBroadcastProcessFunction<String, FleetPartial, RuleChange, Outbound> {

  private static final long serialVersionUID = 1L;

  private final IncidentOptions options;
  private final CoalescedTimer timer;
  private final BroadcastRules rules = new BroadcastRules();

  private transient ListState<FleetPartial> partials;
  private transient ValueState<FleetHistory> histories;
  private transient ValueState<KeyTimers> timerStates;
  private transient Counter signals;

  public FleetFunction(IncidentOptions options, long stallMs) {
    this.options = options;
    this.timer = new CoalescedTimer(StallRule.of(stallMs));
  }

  @Override
  public void open(OpenContext context) {
    partials = getRuntimeContext().getListState(States.fleetPartials());
    histories = getRuntimeContext().getState(States.fleetHistory());
    timerStates = getRuntimeContext().getState(States.timers());
    timer.open(getRuntimeContext().getMetricGroup());
    signals = getRuntimeContext().getMetricGroup().counter(Metrics.FLEET_SIGNALS);
  }

  @Override
  public void processElement(FleetPartial given, ReadOnlyContext context, Collector<Outbound> out)
      throws Exception {
    TimerService service = context.timerService();
    FleetPartial partial = given.notBefore(openSlice(service));
    partials.add(partial);
    KeyTimers timers = timer.arrived(timers(), FleetShare.endOf(partial.slice()) - 1, service);
    timers = timers.withWaiting(timers.waiting() + 1);
    timerStates.update(timer.wait(timers, Math.min(timers.event(), dueAt(partial)), service));
  }

  @Override
  public void onTimer(long timestamp, OnTimerContext context, Collector<Outbound> out)
      throws Exception {
    TimerService service = context.timerService();
    KeyTimers timers = timers();
    List<FleetPartial> waiting = new ArrayList<>();
    partials.get().forEach(waiting::add);
    List<FleetPartial> over = new ArrayList<>();
    long until;
    if (context.timeDomain() == TimeDomain.EVENT_TIME) {
      timers = timers.withEvent(KeyTimers.NONE);
      until = CoalescedTimer.reached(service, options.settlingMs());
      long reached = until;
      over.addAll(waiting.stream().filter(p -> FleetShare.endOf(p.slice()) <= reached).toList());
      waiting.removeAll(over);
    } else {
      KeyTimers again = timer.lookAgain(timers.withProcessing(KeyTimers.NONE), service);
      if (again != null) {
        timerStates.update(again);
        return;
      }
      until =
          waiting.isEmpty()
              ? timer.waitedFor(timers, options.settlingMs(), service)
              : Long.MIN_VALUE;
      long last = CoalescedTimer.isAhead(timers, service) ? openSlice(service) : Long.MAX_VALUE;
      waiting.forEach(p -> over.add(p.notAfter(last)));
      waiting.clear();
      timers = timers.withProcessing(KeyTimers.NONE);
    }
    String workload = context.getCurrentKey();
    FleetDetector.Step step =
        FleetDetector.advance(
            histories.value(), over, until, workload, options, rules.read(context));
    step.raised()
        .forEach(
            raised -> {
              signals.inc();
              out.collect(OutgoingEvents.fleetSignal(raised, workload));
            });
    keep(waiting, step.history(), timers, service);
  }

  @Override
  public void processBroadcastElement(RuleChange change, Context context, Collector<Outbound> out)
      throws Exception {
    timer.alive(context.currentProcessingTime());
    rules.take(change, context);
  }

  private void keep(
      List<FleetPartial> left, FleetHistory history, KeyTimers timers, TimerService service)
      throws Exception {
    Long due = FleetDetector.dueAt(history);
    if (due == null) {
      histories.clear();
    } else {
      histories.update(history);
      due = EventTime.plus(due, options.settlingMs() + 1);
    }
    if (left.isEmpty()) {
      partials.clear();
    } else {
      partials.update(left);
      for (FleetPartial partial : left) {
        due = due == null ? dueAt(partial) : Math.min(due, dueAt(partial));
      }
    }
    KeyTimers kept = timer.waitOn(timers.withWaiting(left.size()), due, service);
    if (due == null) {
      timerStates.clear();
    } else {
      timerStates.update(kept);
    }
  }

  /** The first slice that is not yet added up. */
  private long openSlice(TimerService service) {
    return FleetShare.sliceOf(CoalescedTimer.reached(service, options.settlingMs()));
  }

  private long dueAt(FleetPartial partial) {
    return EventTime.plus(FleetShare.endOf(partial.slice()), options.settlingMs());
  }

  private KeyTimers timers() throws Exception {
    KeyTimers timers = timerStates.value();
    return timers == null ? KeyTimers.EMPTY : timers;
  }
}

package io.oomstream.function;

import io.oomstream.anomaly.FleetDetector;
import io.oomstream.anomaly.FleetHistory;
import io.oomstream.anomaly.FleetPartial;
import io.oomstream.anomaly.FleetShare;
import io.oomstream.anomaly.IncidentOptions;
import io.oomstream.anomaly.RuleChange;
import io.oomstream.event.OutgoingEvent;
import io.oomstream.state.KeyTimers;
import io.oomstream.state.States;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.metrics.Counter;
import org.apache.flink.streaming.api.functions.co.KeyedBroadcastProcessFunction;
import org.apache.flink.util.Collector;
import org.jspecify.annotations.NullUnmarked;

/**
 * Step 7, the fleet's second stage: keyed by workload, it adds up what the shares told of a slice
 * when event time says that all have told.
 */
@NullUnmarked
public final class FleetFunction
    extends KeyedBroadcastProcessFunction<String, FleetPartial, RuleChange, OutgoingEvent> {

  private static final long serialVersionUID = 1L;

  private final IncidentOptions options;
  private final BroadcastRules rules = new BroadcastRules();

  private transient ListState<FleetPartial> partials;
  private transient ValueState<FleetHistory> histories;
  private transient ValueState<KeyTimers> timerStates;
  private transient Counter signals;

  public FleetFunction(IncidentOptions options) {
    this.options = options;
  }

  @Override
  public void open(OpenContext context) {
    partials = getRuntimeContext().getListState(States.fleetPartials());
    histories = getRuntimeContext().getState(States.fleetHistory());
    timerStates = getRuntimeContext().getState(States.timers());
    signals = getRuntimeContext().getMetricGroup().counter(Metrics.FLEET_SIGNALS);
  }

  @Override
  public void processElement(
      FleetPartial partial, ReadOnlyContext context, Collector<OutgoingEvent> out)
      throws Exception {
    partials.add(partial);
    KeyTimers timers = timers();
    timerStates.update(
        OneTimer.event(timers, Math.min(timers.event(), endOf(partial)), context.timerService()));
  }

  @Override
  public void onTimer(long timestamp, OnTimerContext context, Collector<OutgoingEvent> out)
      throws Exception {
    List<FleetPartial> over = new ArrayList<>();
    List<FleetPartial> left = new ArrayList<>();
    for (FleetPartial partial : partials.get()) {
      (endOf(partial) <= timestamp ? over : left).add(partial);
    }
    String workload = context.getCurrentKey();
    FleetDetector.Step step =
        FleetDetector.advance(
            histories.value(),
            over,
            timestamp - options.settlingMs(),
            workload,
            options,
            rules.read(context));
    step.raised()
        .forEach(
            raised -> {
              signals.inc();
              out.collect(Outgoing.fleetSignal(raised, workload));
            });
    keep(left, step.history(), context);
  }

  @Override
  public void processBroadcastElement(
      RuleChange change, Context context, Collector<OutgoingEvent> out) throws Exception {
    rules.take(change, context);
  }

  private void keep(List<FleetPartial> left, FleetHistory history, OnTimerContext context)
      throws Exception {
    Long due = null;
    if (history.isEmpty()) {
      histories.clear();
    } else {
      histories.update(history);
      due = FleetDetector.dueAt(history) + options.settlingMs() + 1;
    }
    if (left.isEmpty()) {
      partials.clear();
    } else {
      partials.update(left);
      for (FleetPartial partial : left) {
        due = due == null ? endOf(partial) : Math.min(due, endOf(partial));
      }
    }
    KeyTimers timers =
        OneTimer.event(timers().withEvent(KeyTimers.NONE), due, context.timerService());
    if (timers.equals(KeyTimers.EMPTY)) {
      timerStates.clear();
    } else {
      timerStates.update(timers);
    }
  }

  private long endOf(FleetPartial partial) {
    return (partial.slice() + 1) * FleetShare.SLICE_MS + options.settlingMs();
  }

  private KeyTimers timers() throws Exception {
    KeyTimers timers = timerStates.value();
    return timers == null ? KeyTimers.EMPTY : timers;
  }
}

package io.oomstream.function;

import io.oomstream.anomaly.FleetPartial;
import io.oomstream.anomaly.FleetShare;
import io.oomstream.anomaly.Mark;
import io.oomstream.state.KeyTimers;
import io.oomstream.state.States;
import java.util.ArrayList;
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
 * Step 7, the fleet's first stage: keyed by workload and share of the hosts, one small record for
 * each slice of event time in which something happened.
 */
@NullUnmarked
public final class FleetShareFunction extends KeyedProcessFunction<String, Mark, FleetPartial> {

  private static final long serialVersionUID = 1L;

  private final long settlingMs;

  private transient ListState<FleetShare.Kill> kills;
  private transient ValueState<FleetShare> states;
  private transient ValueState<KeyTimers> timerStates;
  private transient Counter uncounted;

  public FleetShareFunction(long settlingMs) {
    this.settlingMs = settlingMs;
  }

  /** The key: one workload on one share of the hosts. */
  public static String keyOf(Mark mark, int shares) {
    return Math.floorMod(mark.hostKey().hashCode(), shares) + "/" + mark.fleetKey();
  }

  @Override
  public void open(OpenContext context) {
    kills = getRuntimeContext().getListState(States.fleetKills());
    states = getRuntimeContext().getState(States.fleetShare());
    timerStates = getRuntimeContext().getState(States.timers());
    uncounted = getRuntimeContext().getMetricGroup().counter(Metrics.FLEET_KILLS_OVER_LIMIT);
  }

  @Override
  public void processElement(Mark mark, Context context, Collector<FleetPartial> out)
      throws Exception {
    KeyTimers timers = timers();
    if (timers.waiting() >= FleetShare.MAX_WAITING) {
      uncounted.inc();
      return;
    }
    kills.add(new FleetShare.Kill(mark.hostKey(), mark.id(), mark.eventTimeMs()));
    long due = Math.min(timers.event(), endOf(mark.eventTimeMs()));
    timerStates.update(
        OneTimer.event(timers.withWaiting(timers.waiting() + 1), due, context.timerService()));
  }

  @Override
  public void onTimer(long timestamp, OnTimerContext context, Collector<FleetPartial> out)
      throws Exception {
    List<FleetShare.Kill> waiting = new ArrayList<>();
    kills.get().forEach(waiting::add);
    String key = context.getCurrentKey();
    int slash = key.indexOf('/');
    FleetShare.Step step =
        FleetShare.flush(
            states.value(),
            waiting,
            timestamp - settlingMs,
            key.substring(slash + 1),
            Integer.parseInt(key.substring(0, slash)));
    step.partials().forEach(out::collect);
    keep(step, context.timerService());
  }

  private void keep(FleetShare.Step step, TimerService service) throws Exception {
    Long due = null;
    if (step.state().hosts().isEmpty()) {
      states.clear();
    } else {
      states.update(step.state());
      due = step.state().forgottenAt() + settlingMs;
    }
    if (step.waiting().isEmpty()) {
      kills.clear();
    } else {
      kills.update(step.waiting());
      for (FleetShare.Kill kill : step.waiting()) {
        long end = endOf(kill.eventTimeMs());
        due = due == null ? end : Math.min(due, end);
      }
    }
    KeyTimers timers =
        OneTimer.event(timers().withEvent(KeyTimers.NONE), due, service)
            .withWaiting(step.waiting().size());
    if (timers.equals(KeyTimers.EMPTY)) {
      timerStates.clear();
    } else {
      timerStates.update(timers);
    }
  }

  private long endOf(long eventTimeMs) {
    return FleetShare.endOfSlice(eventTimeMs) + settlingMs;
  }

  private KeyTimers timers() throws Exception {
    KeyTimers timers = timerStates.value();
    return timers == null ? KeyTimers.EMPTY : timers;
  }
}

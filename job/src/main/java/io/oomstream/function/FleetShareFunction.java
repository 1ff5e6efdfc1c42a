package io.oomstream.function;

import io.oomstream.anomaly.FleetPartial;
import io.oomstream.anomaly.FleetShare;
import io.oomstream.anomaly.Occurrence;
import io.oomstream.state.KeyTimers;
import io.oomstream.state.States;
import java.util.ArrayList;
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
 * Step 7, first stage of the fleet: keyed by workload and share of the hosts. Sends one small
 * record for each slice of event time with kills.
 *
 * <p>A slice is counted when event time has passed its end by the settling time. A later kill
 * counts in the first open slice. Which slice is open depends on the watermark only, not on
 * parallelism or on other kills of the key. If event time stands still, kills count after the time
 * of the {@link StallRule}: in the slices of their own time, or in the open slice if event time
 * advances and only these kills are ahead of it.
 */
@NullUnmarked
public final class FleetShareFunction
    extends KeyedProcessFunction<String, Occurrence, FleetPartial> {

  private static final long serialVersionUID = 1L;

  private final long settlingMs;
  private final CoalescedTimer timer;

  private transient ListState<FleetShare.Kill> kills;
  private transient ValueState<FleetShare> states;
  private transient ValueState<KeyTimers> timerStates;
  private transient Counter uncounted;
  private transient Counter late;

  public FleetShareFunction(long settlingMs, long stallMs) {
    this.settlingMs = settlingMs;
    this.timer = new CoalescedTimer(StallRule.of(stallMs));
  }

  @Override
  public void open(OpenContext context) {
    kills = getRuntimeContext().getListState(States.fleetKills());
    states = getRuntimeContext().getState(States.fleetShare());
    timerStates = getRuntimeContext().getState(States.timers());
    timer.open(getRuntimeContext().getMetricGroup());
    late = getRuntimeContext().getMetricGroup().counter(Metrics.FLEET_KILLS_LATE);
    uncounted = getRuntimeContext().getMetricGroup().counter(Metrics.FLEET_KILLS_OVER_LIMIT);
  }

  @Override
  public void processElement(Occurrence occurrence, Context context, Collector<FleetPartial> out)
      throws Exception {
    TimerService service = context.timerService();
    KeyTimers timers = timers();
    if (timers.waiting() >= FleetShare.MAX_WAITING) {
      uncounted.inc();
      return;
    }
    FleetShare.Kill own =
        new FleetShare.Kill(occurrence.hostKey(), occurrence.id(), occurrence.eventTimeMs());
    FleetShare.Kill kill = own.notBefore(openSlice(service));
    if (kill.slice() != own.slice()) {
      late.inc();
    }
    kills.add(kill);
    timers = timer.arrived(timers, FleetShare.endOf(kill.slice()) - 1, service);
    timers = timers.withWaiting(timers.waiting() + 1);
    timerStates.update(
        timer.wait(timers, Math.min(timers.event(), kill.dueAt(settlingMs)), service));
  }

  @Override
  public void onTimer(long timestamp, OnTimerContext context, Collector<FleetPartial> out)
      throws Exception {
    TimerService service = context.timerService();
    KeyTimers timers = timers();
    List<FleetShare.Kill> waiting = new ArrayList<>();
    kills.get().forEach(waiting::add);
    String key = context.getCurrentKey();
    int slash = key.indexOf('/');
    String workload = key.substring(slash + 1);
    int share = Integer.parseInt(key.substring(0, slash));
    FleetShare.Step step;
    if (context.timeDomain() == TimeDomain.EVENT_TIME) {
      timers = timers.withEvent(KeyTimers.NONE);
      long reached = CoalescedTimer.reached(service, settlingMs);
      step = FleetShare.flush(states.value(), waiting, reached, workload, share);
    } else {
      timers = timers.withProcessing(KeyTimers.NONE);
      KeyTimers again = timer.lookAgain(timers, service);
      if (again != null) {
        timerStates.update(again);
        return;
      }
      if (waiting.isEmpty()) {
        step = new FleetShare.Step(FleetShare.EMPTY, List.of(), List.of());
      } else {
        long last = CoalescedTimer.isAhead(timers, service) ? openSlice(service) : Long.MAX_VALUE;
        List<FleetShare.Kill> all = waiting.stream().map(k -> k.notAfter(last)).toList();
        step = FleetShare.countAll(states.value(), all, workload, share);
      }
    }
    step.partials().forEach(out::collect);
    keep(step, timers, service);
  }

  private void keep(FleetShare.Step step, KeyTimers timers, TimerService service) throws Exception {
    if (step.state().hosts().isEmpty()) {
      states.clear();
    } else {
      states.update(step.state());
    }
    if (step.waiting().isEmpty()) {
      kills.clear();
    } else {
      kills.update(step.waiting());
    }
    Long due = step.dueAt(settlingMs);
    KeyTimers kept = timer.waitOn(timers.withWaiting(step.waiting().size()), due, service);
    if (due == null) {
      timerStates.clear();
    } else {
      timerStates.update(kept);
    }
  }

  /** The first slice that is not yet counted. */
  private long openSlice(TimerService service) {
    return FleetShare.sliceOf(CoalescedTimer.reached(service, settlingMs));
  }

  private KeyTimers timers() throws Exception {
    KeyTimers timers = timerStates.value();
    return timers == null ? KeyTimers.EMPTY : timers;
  }
}

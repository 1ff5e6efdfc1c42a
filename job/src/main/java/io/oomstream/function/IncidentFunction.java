package io.oomstream.function;

import io.oomstream.anomaly.IncidentHistory;
import io.oomstream.anomaly.Occurrence;
import io.oomstream.anomaly.Outbound;
import io.oomstream.diagnosis.context.EventTime;
import io.oomstream.diagnosis.context.Language;
import io.oomstream.diagnosis.context.Thresholds;
import io.oomstream.rule.IncidentOptions;
import io.oomstream.rule.RuleChange;
import io.oomstream.state.KeyTimers;
import io.oomstream.state.States;
import io.oomstream.step.IncidentTurn;
import io.oomstream.step.LoneFailure;
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
 * Step 7: a host's kills and failed allocations to episodes. Occurrences wait until the event time
 * of both logs and rules reaches them, and are processed in order of their time. If event time
 * stands still, they wait for the stall time only, because the assembler has already waited for
 * their block. Updates and closings of episodes follow the {@link StallRule}.
 */
@NullUnmarked
public final class IncidentFunction
    extends KeyedBroadcastProcessFunction<String, Occurrence, RuleChange, Outbound> {

  private static final long serialVersionUID = 1L;

  private final IncidentOptions options;
  private final LoneFailure lone;
  private final long namesMs;
  private final CoalescedTimer timer;
  private final StallRule ofMarks;
  private final BroadcastRules rules = new BroadcastRules();

  private transient ListState<Occurrence> occurrences;
  private transient ValueState<IncidentHistory> histories;
  private transient ValueState<KeyTimers> timerStates;
  private transient Counter signals;
  private transient Counter grouped;

  /** Where nothing waits for names. */
  public IncidentFunction(
      IncidentOptions options, long stallMs, Thresholds thresholds, Language language) {
    this(options, stallMs, 0, thresholds, language);
  }

  /**
   * @param namesMs how long occurrences may have waited for the names of their workloads, event
   *     time: so long all wait for those before them
   */
  public IncidentFunction(
      IncidentOptions options,
      long stallMs,
      long namesMs,
      Thresholds thresholds,
      Language language) {
    this.options = options;
    this.namesMs = namesMs;
    this.lone = new LoneFailure(thresholds, language);
    this.timer = new CoalescedTimer(StallRule.of(stallMs));
    this.ofMarks = StallRule.withoutCare(stallMs);
  }

  @Override
  public void open(OpenContext context) {
    occurrences = getRuntimeContext().getListState(States.occurrences());
    histories = getRuntimeContext().getState(States.incidents());
    timerStates = getRuntimeContext().getState(States.timers());
    timer.open(getRuntimeContext().getMetricGroup());
    signals = getRuntimeContext().getMetricGroup().counter(Metrics.INCIDENT_SIGNALS);
    grouped = getRuntimeContext().getMetricGroup().counter(Metrics.FAILURES_GROUPED);
  }

  @Override
  public void processElement(
      Occurrence occurrence, ReadOnlyContext context, Collector<Outbound> out) throws Exception {
    TimerService service = context.timerService();
    KeyTimers timers = timer.arrived(timers(), occurrence.eventTimeMs(), service);
    occurrences.add(occurrence);
    timers = timers.withWaiting(timers.waiting() + 1);
    if (timers.waiting() >= IncidentTurn.MAX_WAITING) {
      take(Long.MAX_VALUE, Long.MIN_VALUE, timers, occurrence.hostKey(), context, service, out);
      return;
    }
    timerStates.update(
        timer.wait(
            timers,
            Math.min(timers.event(), EventTime.plus(occurrence.eventTimeMs(), namesMs)),
            service));
  }

  @Override
  public void onTimer(long timestamp, OnTimerContext context, Collector<Outbound> out)
      throws Exception {
    TimerService service = context.timerService();
    String hostKey = context.getCurrentKey();
    KeyTimers timers = timers();
    if (context.timeDomain() == TimeDomain.EVENT_TIME) {
      timers = timers.withEvent(KeyTimers.NONE);
      long until = CoalescedTimer.reached(service, options.settlingMs());
      take(CoalescedTimer.reached(service, namesMs), until, timers, hostKey, context, service, out);
      return;
    }
    timers = timers.withProcessing(KeyTimers.NONE);
    boolean waiting = timers.waiting() > 0;
    KeyTimers again =
        waiting ? timer.lookAgain(timers, ofMarks, service) : timer.lookAgain(timers, service);
    if (again != null) {
      timerStates.update(again);
      return;
    }
    long until = waiting ? Long.MIN_VALUE : timer.waitedFor(timers, options.settlingMs(), service);
    take(Long.MAX_VALUE, until, timers, hostKey, context, service, out);
  }

  @Override
  public void processBroadcastElement(RuleChange change, Context context, Collector<Outbound> out)
      throws Exception {
    timer.alive(context.currentProcessingTime());
    rules.take(change, context);
  }

  /** Processes the occurrences up to one event time, and advances the episodes to another. */
  private void take(
      long marksUntil,
      long until,
      KeyTimers timers,
      String hostKey,
      ReadOnlyContext context,
      TimerService service,
      Collector<Outbound> out)
      throws Exception {
    List<Occurrence> waiting = new ArrayList<>();
    occurrences.get().forEach(waiting::add);
    IncidentTurn turn =
        IncidentTurn.take(
            hostKey,
            histories.value(),
            waiting,
            marksUntil,
            until,
            namesMs,
            options,
            lone,
            rules.read(context));
    turn.signals().forEach(out::collect);
    signals.inc(turn.raised());
    grouped.inc(turn.grouped());
    keep(turn, timers, service);
  }

  private void keep(IncidentTurn turn, KeyTimers timers, TimerService service) throws Exception {
    if (turn.history() == null) {
      histories.clear();
    } else {
      histories.update(turn.history());
    }
    if (turn.left().isEmpty()) {
      occurrences.clear();
    } else {
      occurrences.update(turn.left());
    }
    KeyTimers kept = timer.waitOn(timers.withWaiting(turn.left().size()), turn.due(), service);
    if (turn.due() == null) {
      timerStates.clear();
    } else {
      timerStates.update(kept);
    }
  }

  private KeyTimers timers() throws Exception {
    KeyTimers timers = timerStates.value();
    return timers == null ? KeyTimers.EMPTY : timers;
  }
}

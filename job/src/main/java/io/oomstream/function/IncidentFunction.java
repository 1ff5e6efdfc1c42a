package io.oomstream.function;

import io.oomstream.anomaly.IncidentDetector;
import io.oomstream.anomaly.IncidentHistory;
import io.oomstream.anomaly.Occurrence;
import io.oomstream.anomaly.Outbound;
import io.oomstream.diagnosis.context.EventTime;
import io.oomstream.diagnosis.context.Language;
import io.oomstream.diagnosis.context.Thresholds;
import io.oomstream.rule.IncidentOptions;
import io.oomstream.rule.RuleBook;
import io.oomstream.rule.RuleChange;
import io.oomstream.state.KeyTimers;
import io.oomstream.state.States;
import java.util.ArrayList;
import java.util.Comparator;
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

  /** Waiting occurrences of one host; beyond it all are processed at once. */
  static final int MAX_WAITING = 1_024;

  private static final Comparator<Occurrence> IN_ORDER =
      Comparator.comparingLong(Occurrence::eventTimeMs).thenComparing(Occurrence::id);

  private final IncidentOptions options;
  private final LoneFailure lone;
  private final CoalescedTimer timer;
  private final StallRule ofMarks;
  private final BroadcastRules rules = new BroadcastRules();

  private transient ListState<Occurrence> occurrences;
  private transient ValueState<IncidentHistory> histories;
  private transient ValueState<KeyTimers> timerStates;
  private transient Counter signals;
  private transient Counter grouped;

  public IncidentFunction(
      IncidentOptions options, long stallMs, Thresholds thresholds, Language language) {
    this.options = options;
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
    if (timers.waiting() >= MAX_WAITING) {
      take(Long.MAX_VALUE, Long.MIN_VALUE, timers, occurrence.hostKey(), context, service, out);
      return;
    }
    timerStates.update(
        timer.wait(timers, Math.min(timers.event(), occurrence.eventTimeMs()), service));
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
      take(CoalescedTimer.reached(service), until, timers, hostKey, context, service, out);
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
    waiting.sort(IN_ORDER);
    RuleBook book = rules.read(context);
    IncidentHistory history = histories.value();
    int taken = 0;
    while (taken < waiting.size() && waiting.get(taken).eventTimeMs() <= marksUntil) {
      Occurrence occurrence = waiting.get(taken++);
      IncidentDetector.Step step = IncidentDetector.next(history, occurrence, options, book);
      history = step.history();
      write(step, hostKey, out);
      Outbound signal = step.ungrouped() ? lone.signal(occurrence, book) : null;
      if (signal != null) {
        out.collect(signal);
      } else if (occurrence.failure() != null) {
        grouped.inc();
      }
    }
    if (history != null && until > Long.MIN_VALUE) {
      IncidentDetector.Step step = IncidentDetector.advance(history, until, options.language());
      history = step.history();
      write(step, hostKey, out);
    }
    keep(waiting.subList(taken, waiting.size()), history, timers, service);
  }

  private void write(IncidentDetector.Step step, String hostKey, Collector<Outbound> out) {
    step.raised()
        .forEach(
            raised -> {
              signals.inc();
              out.collect(CloudEvents.episode(raised, hostKey));
            });
  }

  private void keep(
      List<Occurrence> left, IncidentHistory history, KeyTimers timers, TimerService service)
      throws Exception {
    Long due = history == null ? null : IncidentDetector.dueAt(history);
    if (due == null) {
      histories.clear();
    } else {
      histories.update(history);
      due = EventTime.plus(due, options.settlingMs() + 1);
    }
    if (left.isEmpty()) {
      occurrences.clear();
    } else {
      occurrences.update(left);
      long first = left.get(0).eventTimeMs();
      due = due == null ? first : Math.min(due, first);
    }
    KeyTimers kept = timer.waitOn(timers.withWaiting(left.size()), due, service);
    if (due == null) {
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

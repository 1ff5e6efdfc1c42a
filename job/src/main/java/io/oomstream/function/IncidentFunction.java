package io.oomstream.function;

import io.oomstream.anomaly.IncidentDetector;
import io.oomstream.anomaly.IncidentHistory;
import io.oomstream.anomaly.IncidentOptions;
import io.oomstream.anomaly.Mark;
import io.oomstream.anomaly.RuleBook;
import io.oomstream.anomaly.RuleChange;
import io.oomstream.event.OutgoingEvent;
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
 * Step 7: a host's kills and failed allocations to episodes. Marks wait until event time has come
 * to them, of the logs and of the rules, and are taken in the order of their time; where event time
 * stands still, until the stall time is over.
 */
@NullUnmarked
public final class IncidentFunction
    extends KeyedBroadcastProcessFunction<String, Mark, RuleChange, OutgoingEvent> {

  private static final long serialVersionUID = 1L;

  /** Marks that wait for one host; over it they are taken at once. */
  static final int MAX_WAITING = 4_096;

  private static final Comparator<Mark> IN_ORDER =
      Comparator.comparingLong(Mark::eventTimeMs).thenComparing(Mark::id);

  private final IncidentOptions options;
  private final long stallMs;
  private final BroadcastRules rules = new BroadcastRules();

  private transient ListState<Mark> marks;
  private transient ValueState<IncidentHistory> histories;
  private transient ValueState<KeyTimers> timerStates;
  private transient Counter signals;
  private transient Counter grouped;

  public IncidentFunction(IncidentOptions options, long stallMs) {
    this.options = options;
    this.stallMs = stallMs;
  }

  @Override
  public void open(OpenContext context) {
    marks = getRuntimeContext().getListState(States.marks());
    histories = getRuntimeContext().getState(States.incidents());
    timerStates = getRuntimeContext().getState(States.timers());
    signals = getRuntimeContext().getMetricGroup().counter(Metrics.INCIDENT_SIGNALS);
    grouped = getRuntimeContext().getMetricGroup().counter(Metrics.FAILURES_GROUPED);
  }

  @Override
  public void processElement(Mark mark, ReadOnlyContext context, Collector<OutgoingEvent> out)
      throws Exception {
    KeyTimers timers = timers();
    marks.add(mark);
    timers = timers.withWaiting(timers.waiting() + 1);
    TimerService service = context.timerService();
    if (timers.waiting() >= MAX_WAITING) {
      take(Long.MAX_VALUE, Long.MIN_VALUE, timers, mark.hostKey(), context, service, out);
      return;
    }
    timers = OneTimer.event(timers, Math.min(timers.event(), mark.eventTimeMs()), service);
    if (timers.processing() == KeyTimers.NONE) {
      timers = OneTimer.processing(timers, service.currentProcessingTime() + stallMs, service);
    }
    timerStates.update(timers);
  }

  @Override
  public void onTimer(long timestamp, OnTimerContext context, Collector<OutgoingEvent> out)
      throws Exception {
    if (context.timeDomain() == TimeDomain.EVENT_TIME) {
      take(
          timestamp,
          timestamp - options.settlingMs(),
          timers().withEvent(KeyTimers.NONE),
          context.getCurrentKey(),
          context,
          context.timerService(),
          out);
    } else {
      take(
          Long.MAX_VALUE,
          Long.MIN_VALUE,
          timers().withProcessing(KeyTimers.NONE),
          context.getCurrentKey(),
          context,
          context.timerService(),
          out);
    }
  }

  @Override
  public void processBroadcastElement(
      RuleChange change, Context context, Collector<OutgoingEvent> out) throws Exception {
    rules.take(change, context);
  }

  /** Takes the marks until one event time, and lets the host's time go on to another. */
  private void take(
      long marksUntil,
      long until,
      KeyTimers timers,
      String hostKey,
      ReadOnlyContext context,
      TimerService service,
      Collector<OutgoingEvent> out)
      throws Exception {
    List<Mark> waiting = new ArrayList<>();
    marks.get().forEach(waiting::add);
    waiting.sort(IN_ORDER);
    RuleBook book = rules.read(context);
    IncidentHistory history = histories.value();
    int taken = 0;
    while (taken < waiting.size() && waiting.get(taken).eventTimeMs() <= marksUntil) {
      Mark mark = waiting.get(taken++);
      IncidentDetector.Step step = IncidentDetector.next(history, mark, options, book);
      history = step.history();
      write(step, hostKey, out);
      if (step.alone() != null) {
        out.collect(step.alone());
      } else if (mark.alone() != null) {
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

  private void write(IncidentDetector.Step step, String hostKey, Collector<OutgoingEvent> out) {
    step.raised()
        .forEach(
            raised -> {
              signals.inc();
              out.collect(Outgoing.signal(raised, hostKey));
            });
  }

  private void keep(
      List<Mark> left, IncidentHistory history, KeyTimers timers, TimerService service)
      throws Exception {
    Long due = left.isEmpty() ? null : left.get(0).eventTimeMs();
    if (history == null || history.isEmpty()) {
      histories.clear();
    } else {
      histories.update(history);
      long next = IncidentDetector.dueAt(history) + options.settlingMs() + 1;
      due = due == null ? next : Math.min(due, next);
    }
    KeyTimers kept = OneTimer.event(timers, due, service).withWaiting(left.size());
    if (left.isEmpty()) {
      marks.clear();
      kept = OneTimer.processing(kept, null, service);
    } else {
      marks.update(left);
      if (kept.processing() == KeyTimers.NONE) {
        kept = OneTimer.processing(kept, service.currentProcessingTime() + stallMs, service);
      }
    }
    if (kept.equals(KeyTimers.EMPTY)) {
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

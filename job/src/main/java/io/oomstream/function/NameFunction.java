package io.oomstream.function;

import io.oomstream.anomaly.Occurrence;
import io.oomstream.anomaly.Outbound;
import io.oomstream.anomaly.Unnamed;
import io.oomstream.diagnosis.context.EventTime;
import io.oomstream.event.OutgoingEvent;
import io.oomstream.state.KeyTimers;
import io.oomstream.state.States;
import io.oomstream.step.Naming;
import io.oomstream.workload.CatalogueEntry;
import io.oomstream.workload.KnownNames;
import io.oomstream.workload.KnownNamesChange;
import io.oomstream.workload.Names;
import io.oomstream.workload.RetainedEntry;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.streaming.api.TimeDomain;
import org.apache.flink.streaming.api.TimerService;
import org.apache.flink.streaming.api.functions.co.KeyedCoProcessFunction;
import org.apache.flink.util.Collector;
import org.jspecify.annotations.NullUnmarked;
import org.jspecify.annotations.Nullable;

/**
 * Names what is of a container or a pod: keyed by the pod's uid, else by the container's id. What
 * is known leaves at once. What is not waits until the event time of logs and catalogue has passed
 * it by a fixed time, or for the time of the {@link StallRule}, and then leaves without names.
 *
 * <p>Which entry counts depends on what the entry says, and not on when it came: so a replay gives
 * the same names. That is why nothing leaves before there is event time: until then the catalogue
 * is read for the first time, and another source's better entry may be on its way. An entry is
 * forgotten here, in the event time of both inputs, so that a leap of it takes no kill its names.
 */
@NullUnmarked
public final class NameFunction
    extends KeyedCoProcessFunction<String, Unnamed, KnownNamesChange, OutgoingEvent> {

  private static final long serialVersionUID = 1L;

  /** What waits under one key; over it everything leaves at once. */
  static final int MAX_WAITING = 1_024;

  /** Due as soon as there is event time. */
  private static final long AT_FIRST = Long.MIN_VALUE + 1;

  private final long waitMs;
  private final CoalescedTimer timer;

  private transient ValueState<KnownNames> books;
  private transient ListState<Unnamed> unnamed;
  private transient ValueState<KeyTimers> timerStates;
  private transient Counter found;
  private transient Counter unknown;
  private transient Counter waited;
  private transient Counter evicted;

  /**
   * @param waitMs how long what is not known waits, event time
   */
  public NameFunction(long waitMs, long stallMs) {
    this.waitMs = waitMs;
    this.timer = new CoalescedTimer(StallRule.of(stallMs));
  }

  @Override
  public void open(OpenContext context) {
    books = getRuntimeContext().getState(States.knownNames());
    unnamed = getRuntimeContext().getListState(States.unnamed());
    timerStates = getRuntimeContext().getState(States.timers());
    MetricGroup metrics = getRuntimeContext().getMetricGroup();
    timer.open(metrics);
    found = metrics.counter(Metrics.NAMES_FOUND);
    unknown = metrics.counter(Metrics.NAMES_UNKNOWN);
    waited = metrics.counter(Metrics.NAMES_WAITED);
    evicted = metrics.counter(Metrics.NAMES_EVICTED);
  }

  @Override
  public void processElement1(Unnamed element, Context context, Collector<OutgoingEvent> out)
      throws Exception {
    TimerService service = context.timerService();
    timer.alive(service);
    KnownNames.Found names = find(books.value(), element);
    boolean isRead = isRead(service);
    if (isRead && (names.isWhole() || dueAt(element) <= CoalescedTimer.reached(service))) {
      send(element, names.names(), context, out);
      return;
    }
    KeyTimers timers = timer.arrived(timers(), element.eventTimeMs(), service);
    unnamed.add(element);
    waited.inc();
    timers = timers.withWaiting(timers.waiting() + 1);
    if (timers.waiting() > MAX_WAITING) {
      conclude(Long.MAX_VALUE, books.value(), timers, context, out);
      return;
    }
    long due = isRead ? dueAt(element) : AT_FIRST;
    timerStates.update(timer.wait(timers, Math.min(timers.event(), due), service));
    keepTimer(books.value(), service);
  }

  @Override
  public void processElement2(
      KnownNamesChange change, Context context, Collector<OutgoingEvent> out) throws Exception {
    TimerService service = context.timerService();
    boolean isRead = isRead(service);
    if (isRead) {
      // Until then the catalogue is read from its beginning: nobody waits in vain.
      timer.alive(service);
    }
    KnownNames before = books.value();
    KeyTimers timers = timers();
    CatalogueEntry entry = change.entry();
    if (entry == null) {
      update(before, before == null ? null : before.without(change.subject()), timers, service);
      return;
    }
    long until = RetainedEntry.until(entry.recordedAtMs());
    if (until <= service.currentWatermark()) {
      return;
    }
    KnownNames known = (before == null ? KnownNames.EMPTY : before).with(entry);
    known = known.timedAt(Math.min(known.timer(), until));
    if (before != null
        && known.entries().size() == before.entries().size()
        && known.entries().size() == KnownNames.MAX_ENTRIES) {
      evicted.inc(before.has(change.subject()) ? 0 : 1);
    }
    update(before, known, timers, service);
    if (timers.waiting() > 0 && isRead) {
      conclude(Long.MIN_VALUE, known, timers, context, out);
    } else if (timers.waiting() > 0) {
      // It may wait since before a restore.
      timerStates.update(timer.wait(timers, AT_FIRST, service));
    }
    keepTimer(known, service);
  }

  private void update(
      @Nullable KnownNames before, @Nullable KnownNames now, KeyTimers timers, TimerService service)
      throws Exception {
    long timerBefore = before == null ? KnownNames.NONE : before.timer();
    if (timerBefore != KnownNames.NONE
        && timerBefore != timers.event()
        && (now == null || now.timer() != timerBefore)) {
      service.deleteEventTimeTimer(timerBefore);
    }
    if (now == null) {
      books.clear();
    } else {
      books.update(now);
      keepTimer(now, service);
    }
  }

  /** A timer is one per key and time: what waited may have deleted that of the book. */
  private static void keepTimer(@Nullable KnownNames book, TimerService service) {
    if (book != null && book.timer() != KnownNames.NONE) {
      service.registerEventTimeTimer(book.timer());
    }
  }

  /** Whether the catalogue was read to its end once since the attempt began. */
  private static boolean isRead(TimerService service) {
    return service.currentWatermark() != Long.MIN_VALUE;
  }

  @Override
  public void onTimer(long timestamp, OnTimerContext context, Collector<OutgoingEvent> out)
      throws Exception {
    TimerService service = context.timerService();
    KeyTimers timers = timers();
    long until = CoalescedTimer.reached(service);
    if (context.timeDomain() == TimeDomain.EVENT_TIME) {
      timers = timers.withEvent(KeyTimers.NONE);
    } else {
      timers = timers.withProcessing(KeyTimers.NONE);
      KeyTimers again = timer.lookAgain(timers, service);
      if (again != null) {
        timerStates.update(again);
        return;
      }
      until = Long.MAX_VALUE;
    }
    KnownNames book = books.value();
    conclude(until, book, timers, context, out);
    // After what was due by then: a leap of event time must not take the names from it.
    long now = CoalescedTimer.reached(service);
    boolean isOld = book != null && book.timer() <= now;
    update(book, isOld ? book.keptAt(now) : book, timers(), service);
  }

  /** Sends what is known, and what is due at that event time; the rest waits on. */
  private void conclude(
      long until,
      @Nullable KnownNames book,
      KeyTimers timers,
      Context context,
      Collector<OutgoingEvent> out)
      throws Exception {
    List<Unnamed> left = new ArrayList<>();
    Long due = null;
    for (Unnamed element : unnamed.get()) {
      KnownNames.Found names = find(book, element);
      long own = dueAt(element);
      if (names.isWhole() || own <= until) {
        send(element, names.names(), context, out);
      } else {
        left.add(element);
        due = due == null ? own : Math.min(due, own);
      }
    }
    TimerService service = context.timerService();
    KeyTimers kept = timer.waitOn(timers.withWaiting(left.size()), due, service);
    if (left.isEmpty()) {
      unnamed.clear();
      timerStates.clear();
    } else {
      unnamed.update(left);
      timerStates.update(kept);
    }
  }

  private KnownNames.Found find(@Nullable KnownNames book, Unnamed element) {
    return (book == null ? KnownNames.EMPTY : book)
        .find(element.containerId(), element.podUid(), element.hostKey(), dueAt(element));
  }

  private long dueAt(Unnamed element) {
    return EventTime.plus(element.eventTimeMs(), waitMs);
  }

  private void send(
      Unnamed element, @Nullable Names names, Context context, Collector<OutgoingEvent> out) {
    OutgoingEvent kill = Naming.kill(element, names);
    if (kill != null) {
      (names == null ? unknown : found).inc();
      out.collect(kill);
    }
    Outbound signal = Naming.signal(element, names);
    if (signal != null) {
      context.output(Outputs.SIGNALS, signal);
    }
    Occurrence occurrence = Naming.occurrence(element, names);
    if (occurrence != null) {
      context.output(Outputs.OCCURRENCES, occurrence);
    }
  }

  private KeyTimers timers() throws Exception {
    KeyTimers timers = timerStates.value();
    return timers == null ? KeyTimers.EMPTY : timers;
  }
}

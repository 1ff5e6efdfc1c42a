package io.oomstream.local;

import io.oomstream.anomaly.FleetDetector;
import io.oomstream.anomaly.FleetHistory;
import io.oomstream.anomaly.FleetPartial;
import io.oomstream.anomaly.FleetShare;
import io.oomstream.anomaly.Outbound;
import io.oomstream.diagnosis.context.EventTime;
import io.oomstream.rule.IncidentOptions;
import io.oomstream.rule.RuleBook;
import io.oomstream.step.OutgoingEvents;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Step 7 over the fleet, second stage: the shares of each workload added up. */
final class Fleet {

  private record Workload(@Nullable FleetHistory history, List<FleetPartial> waiting) {}

  private final IncidentOptions options;
  private final Consumer<Outbound> signals;
  private final Map<String, Workload> workloads = new HashMap<>();
  private final Turns turns = new Turns();
  private EventClock clock = EventClock.BEGIN;

  Fleet(IncidentOptions options, Consumer<Outbound> signals) {
    this.options = options;
    this.signals = signals;
  }

  void take(FleetPartial given) {
    FleetPartial partial = given.notBefore(FleetShare.sliceOf(clock.less(options.settlingMs())));
    workloads
        .computeIfAbsent(partial.workload(), name -> new Workload(null, new ArrayList<>()))
        .waiting()
        .add(partial);
    turns.notAfter(partial.workload(), dueAt(partial));
  }

  void advance(EventClock to) {
    clock = to;
    for (String name : turns.come(to.now())) {
      Workload workload = workloads.get(name);
      if (workload != null) {
        addUp(name, workload, to.less(options.settlingMs()));
      }
    }
  }

  private void addUp(String name, Workload workload, long until) {
    List<FleetPartial> over = new ArrayList<>();
    List<FleetPartial> left = new ArrayList<>();
    for (FleetPartial partial : workload.waiting()) {
      (FleetShare.endOf(partial.slice()) <= until ? over : left).add(partial);
    }
    FleetDetector.Step step =
        FleetDetector.advance(workload.history(), over, until, name, options, RuleBook.EMPTY);
    step.raised().forEach(raised -> signals.accept(OutgoingEvents.fleetSignal(raised, name)));
    Long due = FleetDetector.dueAt(step.history());
    FleetHistory history = due == null ? null : step.history();
    due = due == null ? null : Long.valueOf(EventTime.plus(due, options.settlingMs() + 1));
    for (FleetPartial partial : left) {
      due = due == null ? dueAt(partial) : Math.min(due, dueAt(partial));
    }
    turns.set(name, due);
    if (due == null) {
      workloads.remove(name);
    } else {
      workloads.put(name, new Workload(history, left));
    }
  }

  private long dueAt(FleetPartial partial) {
    return EventTime.plus(FleetShare.endOf(partial.slice()), options.settlingMs());
  }
}

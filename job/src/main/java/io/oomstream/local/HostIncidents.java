package io.oomstream.local;

import io.oomstream.anomaly.IncidentHistory;
import io.oomstream.anomaly.Occurrence;
import io.oomstream.anomaly.Outbound;
import io.oomstream.rule.IncidentOptions;
import io.oomstream.rule.RuleBook;
import io.oomstream.step.IncidentTurn;
import io.oomstream.step.LoneFailure;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Step 7 by host: kills and failed allocations to episodes. */
final class HostIncidents {

  private record Host(@Nullable IncidentHistory history, List<Occurrence> waiting) {}

  private final IncidentOptions options;
  private final LoneFailure lone;
  private final Consumer<Outbound> signals;
  private final Map<String, Host> hosts = new HashMap<>();
  private final Turns turns = new Turns();

  HostIncidents(IncidentOptions options, LoneFailure lone, Consumer<Outbound> signals) {
    this.options = options;
    this.lone = lone;
    this.signals = signals;
  }

  void take(Occurrence occurrence) {
    Host host =
        hosts.computeIfAbsent(occurrence.hostKey(), name -> new Host(null, new ArrayList<>()));
    host.waiting().add(occurrence);
    if (host.waiting().size() >= IncidentTurn.MAX_WAITING) {
      turn(occurrence.hostKey(), host, Long.MAX_VALUE, Long.MIN_VALUE);
    } else {
      turns.notAfter(occurrence.hostKey(), occurrence.eventTimeMs());
    }
  }

  void advance(EventClock to) {
    for (String name : turns.come(to.now())) {
      Host host = hosts.get(name);
      if (host != null) {
        turn(name, host, to.now(), to.less(options.settlingMs()));
      }
    }
  }

  private void turn(String name, Host host, long marksUntil, long until) {
    IncidentTurn turn =
        IncidentTurn.take(
            name, host.history(), host.waiting(), marksUntil, until, options, lone, RuleBook.EMPTY);
    turn.signals().forEach(signals);
    turns.set(name, turn.due());
    if (turn.due() == null) {
      hosts.remove(name);
    } else {
      hosts.put(name, new Host(turn.history(), new ArrayList<>(turn.left())));
    }
  }
}

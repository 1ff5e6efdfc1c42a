package io.oomstream.local;

import io.oomstream.anomaly.Outbound;
import io.oomstream.step.TrendTurn;
import io.oomstream.trend.MachineHistory;
import io.oomstream.trend.MachineSample;
import io.oomstream.trend.TrendDetector;
import io.oomstream.trend.TrendOptions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Step 7 by machine: samples of its memory to trends. */
final class MachineTrends {

  private record Machine(@Nullable MachineHistory history, List<MachineSample> waiting) {}

  private static final Machine UNKNOWN = new Machine(null, List.of());

  private final TrendOptions options;
  private final Consumer<Outbound> signals;
  private final Map<String, Machine> machines = new HashMap<>();
  private final Turns turns = new Turns();
  private EventClock clock = EventClock.BEGIN;

  MachineTrends(TrendOptions options, Consumer<Outbound> signals) {
    this.options = options;
    this.signals = signals;
  }

  void take(MachineSample sample) {
    String host = sample.hostKey();
    Machine machine = machines.getOrDefault(host, UNKNOWN);
    MachineHistory history =
        sample.killLines() > 0
            ? TrendDetector.seeKills(machine.history(), sample)
            : machine.history();
    long turn = TrendTurn.turnOf(sample, options);
    boolean waits =
        !sample.values().isEmpty()
            && turn > clock.now()
            && machine.waiting().size() < TrendTurn.MAX_WAITING;
    List<MachineSample> waiting = machine.waiting();
    if (waits) {
      waiting = new ArrayList<>(waiting);
      waiting.add(sample);
      turns.notAfter(host, turn);
    }
    if (history != null) {
      turns.notAfter(host, TrendDetector.forgottenAt(history, options));
    }
    keep(host, new Machine(history, waiting));
  }

  void advance(EventClock to) {
    clock = to;
    for (String host : turns.come(to.now())) {
      Machine machine = machines.getOrDefault(host, UNKNOWN);
      TrendTurn turn =
          TrendTurn.take(host, machine.history(), machine.waiting(), to.now(), options);
      turn.signals().forEach(signals);
      turns.set(host, turn.due());
      keep(host, new Machine(turn.history(), turn.left()));
    }
  }

  private void keep(String host, Machine machine) {
    if (machine.history() == null && machine.waiting().isEmpty()) {
      machines.remove(host);
    } else {
      machines.put(host, machine);
    }
  }
}

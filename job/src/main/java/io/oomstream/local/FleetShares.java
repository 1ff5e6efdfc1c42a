package io.oomstream.local;

import io.oomstream.anomaly.FleetPartial;
import io.oomstream.anomaly.FleetShare;
import io.oomstream.anomaly.Occurrence;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Step 7 over the fleet, first stage: kills of one workload on one share of the hosts. */
final class FleetShares {

  private record Share(@Nullable FleetShare state, List<FleetShare.Kill> waiting) {}

  private final long settlingMs;
  private final int shares;
  private final Consumer<FleetPartial> partials;
  private final Map<String, Share> known = new HashMap<>();
  private final Turns turns = new Turns();
  private EventClock clock = EventClock.BEGIN;

  FleetShares(long settlingMs, int shares, Consumer<FleetPartial> partials) {
    this.settlingMs = settlingMs;
    this.shares = shares;
    this.partials = partials;
  }

  void take(Occurrence occurrence) {
    if (occurrence.fleetKey() == null) {
      return;
    }
    String key = FleetShare.keyOf(occurrence, shares);
    Share share = known.computeIfAbsent(key, name -> new Share(null, new ArrayList<>()));
    if (share.waiting().size() < FleetShare.MAX_WAITING) {
      long open = FleetShare.sliceOf(clock.less(settlingMs));
      FleetShare.Kill kill =
          new FleetShare.Kill(occurrence.hostKey(), occurrence.id(), occurrence.eventTimeMs())
              .notBefore(open);
      share.waiting().add(kill);
      turns.notAfter(key, kill.dueAt(settlingMs));
    }
  }

  void advance(EventClock to) {
    clock = to;
    for (String key : turns.come(to.now())) {
      Share share = known.get(key);
      if (share != null) {
        flush(key, share, to.less(settlingMs));
      }
    }
  }

  private void flush(String key, Share share, long until) {
    int slash = key.indexOf('/');
    FleetShare.Step step =
        FleetShare.flush(
            share.state(),
            share.waiting(),
            until,
            key.substring(slash + 1),
            Integer.parseInt(key.substring(0, slash)));
    step.partials().forEach(partials);
    Long due = step.dueAt(settlingMs);
    turns.set(key, due);
    if (due == null) {
      known.remove(key);
    } else {
      boolean isEmpty = step.state().hosts().isEmpty();
      known.put(key, new Share(isEmpty ? null : step.state(), new ArrayList<>(step.waiting())));
    }
  }
}

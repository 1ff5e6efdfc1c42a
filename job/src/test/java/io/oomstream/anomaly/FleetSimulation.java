package io.oomstream.anomaly;

import io.oomstream.event.Episode;
import io.oomstream.event.SignalKind;
import io.oomstream.rule.IncidentOptions;
import io.oomstream.rule.RuleBook;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;

/**
 * A fleet over days of event time, through the detectors without Flink. Chatter that must alarm
 * nobody: kills by day more than by night, of some programs far more than of others; deploys that
 * kill on a few hosts; batch jobs that die on some hosts each night; failed allocations one by one.
 * And incidents that must: a bad deploy on forty hosts, crash loops, storms, bursts.
 */
final class FleetSimulation {

  private static final long HOUR = 3_600_000;
  private static final long DAY = 24 * HOUR;
  private static final int PROGRAMS = 300;

  /** What came out. */
  record Outcome(
      Map<SignalKind, Integer> expected,
      Map<SignalKind, Integer> opened,
      Map<SignalKind, Integer> closed,
      int kills,
      int failures,
      int signals) {}

  private final Random random;
  private final int hosts;
  private final int days;
  private final List<Occurrence> marks = new ArrayList<>();
  private final Map<SignalKind, Integer> expected = new TreeMap<>();
  private int next;

  private FleetSimulation(int hosts, int days, long seed) {
    this.hosts = hosts;
    this.days = days;
    this.random = new Random(seed);
  }

  static Outcome run(int hosts, int days, long seed) {
    FleetSimulation simulation = new FleetSimulation(hosts, days, seed);
    for (int day = 0; day < days; day++) {
      simulation.chatter(day);
      simulation.incidents(day);
    }
    return simulation.detect();
  }

  private void chatter(int day) {
    for (int i = 0; i < hosts / 20; i++) {
      // Twice as many at noon as at midnight.
      long at = day * DAY + season();
      int program = (int) (PROGRAMS * Math.pow(random.nextDouble(), 2.5));
      kill(random.nextInt(hosts), at, "program-" + program);
    }
    for (int i = 0; i < hosts / 10; i++) {
      failure(random.nextInt(hosts), day * DAY + season());
    }
    for (int deploy = 0; deploy < 4; deploy++) {
      for (int i = 0; i < 4; i++) {
        long at = day * DAY + (9 + 2 * deploy) * HOUR + random.nextInt(900_000);
        kill(random.nextInt(hosts), at, "deploy-" + day + "-" + deploy);
      }
    }
    for (int i = 0; i < 8; i++) {
      kill(random.nextInt(hosts), day * DAY + 2 * HOUR + random.nextInt(1_200_000), "batch");
    }
  }

  private long season() {
    while (true) {
      long at = (long) (random.nextDouble() * DAY);
      double rate = 0.75 - 0.25 * Math.cos(2 * Math.PI * at / DAY);
      if (random.nextDouble() < rate) {
        return at;
      }
    }
  }

  private void incidents(int day) {
    long noon = day * DAY + 12 * HOUR;
    int first = random.nextInt(hosts - 40);
    for (int i = 0; i < 40; i++) {
      kill(first + i, noon + random.nextInt(300_000), "bad-deploy-" + day);
    }
    expect(SignalKind.FLEET_OOM);
    int loop = random.nextInt(hosts);
    for (int i = 0; i < 20; i++) {
      kill(loop, noon + HOUR + i * 600_000L + random.nextInt(60_000), "looping-" + day);
    }
    expect(SignalKind.OOM_CRASH_LOOP);
    int storm = random.nextInt(hosts);
    for (int i = 0; i < 60; i++) {
      kill(storm, noon + 5 * HOUR + i * 2_000L, "storm-" + day + "-" + i);
    }
    expect(SignalKind.OOM_STORM);
    int burst = random.nextInt(hosts);
    for (int i = 0; i < 400; i++) {
      failure(burst, noon + 6 * HOUR + i * 1_500L);
    }
    expect(SignalKind.ALLOCATION_FAILURE);
  }

  private void expect(SignalKind kind) {
    expected.merge(kind, 1, Integer::sum);
  }

  private void kill(int host, long at, String program) {
    marks.add(TestOccurrences.kill("host-" + host, "k" + next++, at, program));
  }

  private void failure(int host, long at) {
    marks.add(
        TestOccurrences.failure("host-" + host, "f" + next++, at, random.nextInt(3), 1, "code"));
  }

  private Outcome detect() {
    marks.sort(Comparator.comparingLong(Occurrence::eventTimeMs).thenComparing(Occurrence::id));
    IncidentOptions options = IncidentOptions.defaults();
    List<RaisedSignal> raised = new ArrayList<>();
    Map<String, IncidentHistory> histories = new HashMap<>();
    Map<String, List<FleetShare.Kill>> kills = new HashMap<>();
    int killed = 0;
    for (Occurrence mark : marks) {
      IncidentDetector.Step step =
          IncidentDetector.next(histories.get(mark.hostKey()), mark, options, RuleBook.EMPTY);
      histories.put(mark.hostKey(), step.history());
      raised.addAll(step.raised());
      if (mark.fleetKey() != null) {
        killed++;
        kills
            .computeIfAbsent(mark.fleetKey(), k -> new ArrayList<>())
            .add(new FleetShare.Kill(mark.hostKey(), mark.id(), mark.eventTimeMs()));
      }
    }
    long end = (days + 1) * DAY;
    histories.values().forEach(h -> raised.addAll(IncidentDetector.advance(h, end).raised()));
    kills.forEach((workload, of) -> raised.addAll(fleet(workload, of, end, options)));
    return new Outcome(
        expected,
        count(raised, Episode.Phase.OPENED),
        count(raised, Episode.Phase.CLOSED),
        killed,
        marks.size() - killed,
        raised.size());
  }

  private static List<RaisedSignal> fleet(
      String workload, List<FleetShare.Kill> kills, long end, IncidentOptions options) {
    Map<Integer, List<FleetShare.Kill>> shares = new TreeMap<>();
    kills.forEach(
        k ->
            shares
                .computeIfAbsent(Math.floorMod(k.host().hashCode(), 64), s -> new ArrayList<>())
                .add(k));
    List<FleetPartial> partials = new ArrayList<>();
    shares.forEach(
        (share, of) ->
            partials.addAll(FleetShare.flush(null, of, end, workload, share).partials()));
    return FleetDetector.advance(null, partials, end, workload, options, RuleBook.EMPTY).raised();
  }

  private static Map<SignalKind, Integer> count(List<RaisedSignal> raised, Episode.Phase phase) {
    Map<SignalKind, Integer> counts = new TreeMap<>();
    for (RaisedSignal r : raised) {
      if (Objects.requireNonNull(r.signal().episode()).phase() == phase) {
        counts.merge(r.signal().kind(), 1, Integer::sum);
      }
    }
    return counts;
  }
}

package io.oomstream.anomaly;

import static org.assertj.core.api.Assertions.assertThat;

import io.oomstream.event.Episode;
import io.oomstream.rule.IncidentOptions;
import io.oomstream.rule.RuleBook;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class FleetDetectorTest {

  private static final IncidentOptions OPTIONS = IncidentOptions.defaults();
  private static final String WORKLOAD = "systemd:web.service";

  /** In two stages, slices told all at once. */
  private static List<RaisedSignal> run(List<FleetShare.Kill> kills, int shares) {
    Map<Integer, List<FleetShare.Kill>> byShare = new HashMap<>();
    for (FleetShare.Kill kill : kills) {
      byShare
          .computeIfAbsent(Math.floorMod(kill.host().hashCode(), shares), s -> new ArrayList<>())
          .add(kill);
    }
    List<FleetPartial> partials = new ArrayList<>();
    byShare.forEach(
        (share, of) ->
            partials.addAll(
                FleetShare.flush(null, of, Long.MAX_VALUE / 2, WORKLOAD, share).partials()));
    return FleetDetector.advance(
            null, partials, Long.MAX_VALUE / 2, WORKLOAD, OPTIONS, RuleBook.EMPTY)
        .raised();
  }

  @Test
  void fortyHostsAreOneIncident() {
    List<FleetShare.Kill> kills = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      kills.add(new FleetShare.Kill("h" + i, "k" + i, i * 5_000L));
      kills.add(new FleetShare.Kill("h" + i, "again" + i, i * 5_000L + 60_000));
    }
    List<RaisedSignal> raised = run(kills, 64);
    assertThat(raised.get(0).signal().measured()).isBetween(10.0, 11.0);
    Episode last = Objects.requireNonNull(raised.get(raised.size() - 1).signal().episode());
    assertThat(last.phase()).isEqualTo(Episode.Phase.CLOSED);
    assertThat(last.hosts()).isEqualTo(40);
    assertThat(last.events()).isEqualTo(80);
  }

  /** Hosts are remembered for an hour: those of an episode's beginning come back as new ones. */
  @Test
  void aLongEpisodeHasNoMoreHostsThanThereAre() {
    List<FleetShare.Kill> kills = new ArrayList<>();
    for (int i = 0; i < 1_000; i++) {
      kills.add(new FleetShare.Kill("h" + i % 12, "k" + i, i * 20_000L));
    }
    // Two that are killed every two hours.
    for (int i = 0; i < 3; i++) {
      kills.add(new FleetShare.Kill("rare1", "r" + i, i * 7_200_000L));
      kills.add(new FleetShare.Kill("rare2", "s" + i, i * 7_200_000L));
    }
    List<RaisedSignal> raised = run(kills, 5);
    for (RaisedSignal signal : raised) {
      assertThat(Objects.requireNonNull(signal.signal().episode()).hosts()).isBetween(10L, 14L);
    }
    assertThat(raised.get(0).signal().summary()).doesNotContain("at least");
    assertThat(raised.get(raised.size() - 1).signal().summary()).contains("on at least 14 hosts");
  }

  @Test
  void oneHostInAllSlicesIsOneHost() {
    List<FleetShare.Kill> kills = new ArrayList<>();
    for (int i = 0; i < 500; i++) {
      kills.add(new FleetShare.Kill("h" + i % 9, "k" + i, i * 3_000L));
    }
    assertThat(run(kills, 8)).isEmpty();
  }

  /** The count of slices against a plain set of hosts; any number of shares gives the same. */
  @Property(tries = 60)
  void countsDistinctHostsOfTheWindow(
      @ForAll long seed, @ForAll @IntRange(min = 5, max = 25) int hosts) {
    Random random = new Random(seed);
    List<FleetShare.Kill> kills = new ArrayList<>();
    for (int i = 0; i < 120; i++) {
      kills.add(
          new FleetShare.Kill("h" + random.nextInt(hosts), "k" + i, random.nextInt(7_200_000)));
    }
    List<RaisedSignal> one = run(kills, 1);
    Collections.shuffle(kills, random);
    assertThat(run(kills, 7))
        .usingRecursiveComparison()
        .ignoringFields("signal.relatedEvents")
        .isEqualTo(one);

    boolean expected = false;
    for (FleetShare.Kill at : kills) {
      long slice = FleetShare.sliceOf(at.eventTimeMs());
      Set<String> within = new HashSet<>();
      for (FleetShare.Kill kill : kills) {
        long age = slice - FleetShare.sliceOf(kill.eventTimeMs());
        if (age >= 0 && age < OPTIONS.fleetWindowMs() / FleetShare.SLICE_MS) {
          within.add(kill.host());
        }
      }
      expected |= within.size() >= OPTIONS.fleetHosts();
    }
    assertThat(!one.isEmpty()).isEqualTo(expected);
  }

  /** One workload on 100 000 hosts: what any one key has to do stays small. */
  @Test
  void aHundredThousandHostsAreSharedOut() {
    int shares = 64;
    Map<Integer, List<FleetShare.Kill>> byShare = new HashMap<>();
    for (int i = 0; i < 100_000; i++) {
      String host = "node-" + i;
      byShare
          .computeIfAbsent(Math.floorMod(host.hashCode(), shares), s -> new ArrayList<>())
          .add(new FleetShare.Kill(host, "k" + i, i % 300_000 * 3L));
    }
    assertThat(byShare.values()).allMatch(kills -> kills.size() < 3 * 100_000 / shares);
    int partials = 0;
    List<FleetPartial> all = new ArrayList<>();
    for (Map.Entry<Integer, List<FleetShare.Kill>> share : byShare.entrySet()) {
      List<FleetPartial> told =
          FleetShare.flush(null, share.getValue(), 1L << 40, WORKLOAD, share.getKey()).partials();
      partials += told.size();
      all.addAll(told);
    }
    List<RaisedSignal> raised =
        FleetDetector.advance(null, all, 1L << 40, WORKLOAD, OPTIONS, RuleBook.EMPTY).raised();
    assertThat(partials).as("records for the one key of the second stage").isLessThan(64 * 31);
    Episode last = Objects.requireNonNull(raised.get(raised.size() - 1).signal().episode());
    assertThat(last.hosts()).isEqualTo(100_000);
    assertThat(last.events()).isEqualTo(100_000);
  }
}

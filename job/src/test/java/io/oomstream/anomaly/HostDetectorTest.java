package io.oomstream.anomaly;

import static org.assertj.core.api.Assertions.assertThat;

import io.oomstream.diagnosis.Observation;
import io.oomstream.event.BlockInfo;
import io.oomstream.event.Host;
import io.oomstream.event.Provenance;
import io.oomstream.event.SignalKind;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class HostDetectorTest {

  private static final DetectorOptions OPTIONS = DetectorOptions.defaults();
  private static final BlockInfo INFO =
      new BlockInfo(
          "b",
          true,
          List.of(),
          List.of(),
          BlockInfo.ClosedBy.TERMINATOR,
          1,
          null,
          null,
          0,
          null,
          null);

  private HostHistory history = HostHistory.EMPTY;

  @Test
  void stormIsRaisedOnceForAnEpisode() {
    List<SignalKind> raised = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      raised.addAll(see(kill(i, i * 50L, "w" + i, null)));
    }
    assertThat(raised).containsExactly(SignalKind.OOM_STORM);
    long later = 10 * OPTIONS.stormWindowMs();
    for (int i = 0; i < 5; i++) {
      raised.addAll(see(kill(100 + i, later + i, "x" + i, null)));
    }
    assertThat(raised).containsExactly(SignalKind.OOM_STORM, SignalKind.OOM_STORM);
  }

  @Test
  void fewKillsOrFarApartAreNoStorm() {
    for (int i = 0; i < 20; i++) {
      assertThat(see(kill(i, i * OPTIONS.stormWindowMs() / 4 * 1L + i, "w" + i, null))).isEmpty();
    }
  }

  @Test
  void crashLoopGoesByWorkloadAndByNameOnlyWhereNoneIsKnown() {
    assertThat(see(kill(1, 0, "a", "/pod"))).isEmpty();
    assertThat(see(kill(2, 1000, "b", "/pod"))).isEmpty();
    assertThat(see(kill(3, 2000, "c", "/pod"))).containsExactly(SignalKind.OOM_CRASH_LOOP);
    history = HostHistory.EMPTY;
    assertThat(see(kill(4, 0, "same", "/pod1"))).isEmpty();
    assertThat(see(kill(5, 1, "same", "/pod2"))).isEmpty();
    assertThat(see(kill(6, 2, "same", "/pod3"))).isEmpty();
    history = HostHistory.EMPTY;
    assertThat(see(kill(7, 0, "same", null))).isEmpty();
    assertThat(see(kill(8, 1, "same", null))).isEmpty();
    assertThat(see(kill(9, 2, "same", null))).containsExactly(SignalKind.OOM_CRASH_LOOP);
  }

  @Test
  void sameKillTwiceCountsOnce() {
    for (int i = 0; i < 10; i++) {
      assertThat(see(kill(1, i, "a", "/pod"))).isEmpty();
    }
  }

  @Test
  void historyEmptiesWhenItsWindowsHavePassed() {
    for (int i = 0; i < 10; i++) {
      see(kill(i, i, "a", "/pod"));
    }
    assertThat(history.isEmpty()).isFalse();
    assertThat(HostDetector.expire(history, 3 * OPTIONS.growthWindowMs(), OPTIONS).isEmpty())
        .isTrue();
  }

  @Test
  void idsAreTheSameOnEveryRun() {
    List<List<String>> runs = new ArrayList<>();
    for (int run = 0; run < 2; run++) {
      HostHistory past = HostHistory.EMPTY;
      List<String> ids = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        HostDetector.Step step = HostDetector.next(past, kill(i, i * 10L, "a", "/pod"), OPTIONS);
        step.signals().forEach(s -> ids.add(s.id()));
        past = step.history();
      }
      runs.add(ids);
    }
    assertThat(runs.get(0)).hasSize(2).isEqualTo(runs.get(1));
  }

  @Property(tries = 30)
  void historyIsBoundedWhateverComes(
      @ForAll @Size(min = 300, max = 400) List<@IntRange(min = 0, max = 100_000) Integer> times) {
    HostHistory past = HostHistory.EMPTY;
    for (int i = 0; i < times.size(); i++) {
      past =
          HostDetector.next(past, kill(i, times.get(i), "c" + i, "/w" + i % 200), OPTIONS)
              .history();
    }
    assertThat(past.kills().size()).isLessThanOrEqualTo(HostHistory.MAX_KILLS);
    assertThat(past.episodes().size()).isLessThanOrEqualTo(HostHistory.MAX_EPISODES);
  }

  private List<SignalKind> see(Observation observation) {
    HostDetector.Step step = HostDetector.next(history, observation, OPTIONS);
    history = step.history();
    return step.signals().stream().map(s -> s.signal().kind()).toList();
  }

  private static Observation kill(int id, long time, String comm, @Nullable String workload) {
    return new Observation(
        "h",
        new Host("h", null, null, null, null, null),
        time,
        null,
        null,
        List.of(new Observation.KillSeen("kill-" + id, workload, comm)),
        null,
        INFO,
        Provenance.KERNEL);
  }
}

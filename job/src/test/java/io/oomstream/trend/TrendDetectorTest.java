package io.oomstream.trend;

import static org.assertj.core.api.Assertions.assertThat;

import io.oomstream.event.AnomalySignal;
import io.oomstream.event.Episode;
import io.oomstream.event.SignalKind;
import io.oomstream.event.section.Host;
import io.oomstream.snapshot.SnapshotFigures;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TrendDetectorTest {

  private static final TrendOptions OPTIONS = TrendOptions.defaults();
  private static final long GIB = 1L << 30;

  private MachineHistory history = MachineHistory.EMPTY;

  @Test
  void opensOnceForecastsAndCloses() {
    List<AnomalySignal> signals = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      signals.addAll(see(slab(i, (1 + i / 10.0), null, "b1")));
    }
    signals.removeIf(s -> s.kind() != SignalKind.SLAB_GROWTH);
    assertThat(signals).hasSize(1);
    AnomalySignal opened = signals.get(0);
    assertThat(Objects.requireNonNull(opened.episode()).phase()).isEqualTo(Episode.Phase.OPENED);
    assertThat(Objects.requireNonNull(opened.forecast()).at())
        .isAfterOrEqualTo(opened.forecast().earliest())
        .isBeforeOrEqualTo(opened.forecast().latest());
    List<AnomalySignal> after = new ArrayList<>(see(slab(61, 1, null, "b1")));
    after.removeIf(s -> s.kind() != SignalKind.SLAB_GROWTH);
    assertThat(after).hasSize(1);
    assertThat(Objects.requireNonNull(after.get(0).episode()).phase())
        .isEqualTo(Episode.Phase.CLOSED);
    assertThat(after.get(0).episode().id()).isEqualTo(opened.episode().id());
  }

  @Test
  void proxiesStandInForTaskStruct() {
    List<AnomalySignal> signals = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      long grown = i * GIB / 8;
      signals.addAll(
          see(
              sample(
                  i,
                  Map.of(
                      SnapshotFigures.MANAGED,
                      16 * GIB,
                      SnapshotFigures.KERNEL_STACK,
                      GIB / 16 + grown,
                      SnapshotFigures.UNRECLAIMABLE_SLAB,
                      GIB / 4 + grown,
                      Measures.TASK_COUNT,
                      1000 + 8000L * i),
                  null,
                  null)));
    }
    assertThat(signals.stream().map(AnomalySignal::kind))
        .contains(SignalKind.TASK_STRUCT_SLAB_GROWTH);
  }

  @Test
  void aNewBootForgetsTheOldOnesSeries() {
    for (int i = 0; i < 30; i++) {
      see(slab(i, 1 + i / 10.0, null, "b1"));
    }
    assertThat(history.episodes()).isNotEmpty();
    List<AnomalySignal> signals = see(slab(31, 0.5, null, "b2"));
    assertThat(signals)
        .isNotEmpty()
        .allMatch(s -> s.episode() != null && s.episode().phase() == Episode.Phase.CLOSED);
    assertThat(history.times()).hasSize(1);
  }

  @Test
  void killsCountedButNotSeenAreALoss() {
    see(slab(0, 1, 5L, "b1"));
    history = TrendDetector.seeKills(history, kill(Machine.START + 30_000, "k1", 2));
    assertThat(see(slab(1, 1, 7L, "b1"))).isEmpty();
    List<AnomalySignal> lost = see(slab(2, 1, 10L, "b1"));
    assertThat(lost).hasSize(1);
    assertThat(lost.get(0).kind()).isEqualTo(SignalKind.LOG_LOSS);
    assertThat(lost.get(0).measured()).isEqualTo(3);
    assertThat(see(slab(3, 1, 10L, "b1"))).as("told once").isEmpty();
  }

  @Test
  void killsInFlightAreWaitedForAndANewBootCountsFromNothing() {
    see(slab(0, 1, 0L, "b1"));
    long after = Machine.START + 60_000 + OPTIONS.graceMs() - 1;
    history = TrendDetector.seeKills(history, kill(after, "k1", 1));
    history = TrendDetector.seeKills(history, kill(after, "k1", 1));
    assertThat(see(slab(1, 1, 1L, "b1"))).isEmpty();
    assertThat(see(slab(2, 1, 1L, "b1"))).as("each seen kill counts once").isEmpty();
    assertThat(see(slab(3, 1, 4L, "b2"))).as("another boot").isEmpty();
    assertThat(see(slab(4, 1, 2L, null))).as("the counter went back").isEmpty();
  }

  @Test
  void aRepeatChangesNothing() {
    see(slab(0, 1, 5L, "b1"));
    MachineHistory before = history;
    assertThat(see(slab(0, 1, 5L, "b1"))).isEmpty();
    assertThat(history).isSameAs(before);
  }

  @Property(tries = 100)
  void oneSampleNeverIsATrend(@ForAll @LongRange(min = 0, max = 1L << 34) long bytes) {
    MachineSample sample =
        sample(
            0,
            Map.of(
                SnapshotFigures.MANAGED,
                16 * GIB,
                Measures.TASK_STRUCT,
                bytes,
                "cache:kmalloc-2k",
                bytes,
                SnapshotFigures.SHMEM,
                bytes),
            null,
            "b1");
    assertThat(TrendDetector.next(null, sample, OPTIONS).signals()).isEmpty();
  }

  @Property(tries = 20)
  void historyIsBounded(@ForAll @IntRange(min = 1, max = 1000) int seed) {
    MachineHistory past = MachineHistory.EMPTY;
    for (int i = 0; i < 300; i++) {
      long value = (long) (i * seed) % 977 * (GIB / 500);
      past =
          TrendDetector.next(
                  past,
                  sample(
                      i,
                      Map.of(
                          SnapshotFigures.MANAGED,
                          16 * GIB,
                          "cache:c" + i,
                          value,
                          SnapshotFigures.SHMEM,
                          value),
                      (long) i,
                      "b1"),
                  OPTIONS)
              .history();
      past = TrendDetector.seeKills(past, kill(Machine.START + i, "k" + i, 1));
    }
    assertThat(past.times().length).isLessThanOrEqualTo(MachineHistory.MAX_TIMES);
    assertThat(past.tracks().size()).isLessThanOrEqualTo(MachineHistory.MAX_TRACKS);
    assertThat(past.episodes().size()).isLessThanOrEqualTo(MachineHistory.MAX_EPISODES);
    assertThat(past.kills().size()).isLessThanOrEqualTo(MachineHistory.MAX_KILLS);
    assertThat(past.ids().size()).isLessThanOrEqualTo(MachineHistory.MAX_IDS);
  }

  private List<AnomalySignal> see(MachineSample sample) {
    TrendDetector.Step step = TrendDetector.next(history, sample, OPTIONS);
    history = step.history();
    return step.signals().stream().map(TrendDetector.Raised::signal).toList();
  }

  private static MachineSample slab(
      int minute, double gib, @Nullable Long oomKills, @Nullable String boot) {
    long bytes = (long) (gib * GIB);
    return sample(
        minute,
        Map.of(
            SnapshotFigures.MANAGED,
            16 * GIB,
            SnapshotFigures.AVAILABLE,
            12 * GIB - bytes,
            SnapshotFigures.UNRECLAIMABLE_SLAB,
            bytes + GIB / 4,
            "cache:kmalloc-2k",
            bytes),
        oomKills,
        boot);
  }

  private static MachineSample sample(
      int minute, Map<String, Long> values, @Nullable Long oomKills, @Nullable String boot) {
    long at = Machine.START + minute * Machine.MINUTE;
    return new MachineSample("h", host(), at, at, "s" + minute, boot, values, oomKills, 0);
  }

  private static MachineSample kill(long at, String id, int kills) {
    return new MachineSample("h", host(), at, at, id, null, Map.of(), null, kills);
  }

  private static Host host() {
    return new Host("h", null, null, null, null, null);
  }
}

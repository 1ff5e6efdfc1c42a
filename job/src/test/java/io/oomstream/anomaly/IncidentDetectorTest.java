package io.oomstream.anomaly;

import static org.assertj.core.api.Assertions.assertThat;

import io.oomstream.event.AnomalySignal;
import io.oomstream.event.Episode;
import io.oomstream.event.EventJson;
import io.oomstream.event.OutgoingEvent;
import io.oomstream.event.SchemaAssert;
import io.oomstream.event.SignalKind;
import io.oomstream.rule.IncidentOptions;
import io.oomstream.rule.RuleBook;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class IncidentDetectorTest {

  private static final IncidentOptions OPTIONS = IncidentOptions.defaults();

  private IncidentHistory history = IncidentHistory.EMPTY;
  private final List<RaisedSignal> raised = new ArrayList<>();
  private final List<String> alone = new ArrayList<>();

  @Test
  void stormOpensOnceIsUpdatedAtTheRateAndCloses() {
    for (int i = 0; i < 30; i++) {
      see(TestOccurrences.kill("h", "k" + i, i * 10_000L, "w" + i));
    }
    advance(10_000_000);
    assertThat(phases(SignalKind.OOM_STORM))
        .startsWith(Episode.Phase.OPENED)
        .endsWith(Episode.Phase.CLOSED)
        .hasSize(2 + 5);
    AnomalySignal last = raised.get(raised.size() - 1).signal();
    assertThat(last.measured()).isEqualTo(30.0);
    assertThat(last.relatedEvents()).hasSize(30);
    assertThat(Objects.requireNonNull(last.episode()).closedAt()).isNull();
    assertThat(Objects.requireNonNull(last.episode()).closedKernelTimeUs())
        .isEqualTo((290_000 + OPTIONS.stormWindowMs()) * 1_000);
    assertThat(history.isEmpty()).isTrue();
  }

  @Test
  void crashLoopGoesByWorkload() {
    for (int i = 0; i < 3; i++) {
      see(TestOccurrences.kill("h", "a" + i, i * 400_000L, "pod-a"));
      see(TestOccurrences.kill("h", "b" + i, i * 400_000L + 1, "pod-b" + i));
    }
    assertThat(raised).singleElement().extracting(r -> r.signal().subject()).isEqualTo("pod-a");
    assertThat(raised.get(0).signal().relatedEvents()).containsExactly("a0", "a1", "a2");
  }

  @Test
  void sameKillTwiceCountsOnce() {
    for (int i = 0; i < 10; i++) {
      see(TestOccurrences.kill("h", "k", i, "w"));
    }
    assertThat(raised).isEmpty();
  }

  @Test
  void burstOfFailuresIsOneEpisodeWithTheWorst() {
    for (int i = 0; i < 400; i++) {
      see(
          TestOccurrences.failure(
              "h", "f" + i, i * 1_000L, i == 200 ? 3 : 0, 1_000_000 - i, "code" + i));
    }
    advance(100_000_000);
    assertThat(alone).containsExactly("f0", "f1");
    AnomalySignal last = raised.get(raised.size() - 1).signal();
    assertThat(last.measured()).isEqualTo(400.0);
    assertThat(last.relatedEvents()).hasSize(Incident.MAX_RELATED);
    assertThat(Objects.requireNonNull(last.episode()).unlistedEvents()).isEqualTo(350);
    assertThat(last.evidence())
        .extracting(e -> e.fact() + " " + (e.text() == null ? e.value() : e.text()))
        .contains("largest order 3", "least free memory 999601", "requesting code code200");
  }

  @Test
  void failuresFarApartStayWhatTheyAre() {
    for (int i = 0; i < 10; i++) {
      see(TestOccurrences.failure("h", "f" + i, i * 200_000L, 0, 1, "x"));
    }
    assertThat(alone).hasSize(10);
    assertThat(raised).isEmpty();
  }

  /** Whatever comes, in whatever order: bounded, each episode opened once and closed once. */
  @Property(tries = 60)
  void everyEpisodeIsWholeAndStateIsBounded(
      @ForAll @Size(min = 50, max = 400) List<@IntRange(min = 0, max = 3_000) Integer> seconds) {
    IncidentHistory now = IncidentHistory.EMPTY;
    List<RaisedSignal> all = new ArrayList<>();
    for (int i = 0; i < seconds.size(); i++) {
      long time = seconds.get(i) * 1_000L;
      Occurrence mark =
          i % 3 == 0
              ? TestOccurrences.failure("h", "f" + i, time, i % 4, i, "c")
              : TestOccurrences.kill("h", "k" + i, time, "w" + i % 5);
      IncidentDetector.Step step = IncidentDetector.next(now, mark, OPTIONS, RuleBook.EMPTY);
      now = step.history();
      all.addAll(step.raised());
      assertThat(now.seen()).hasSizeLessThanOrEqualTo(2 * IncidentHistory.MAX_SEEN);
      assertThat(now.open()).hasSizeLessThanOrEqualTo(IncidentHistory.MAX_OPEN);
    }
    IncidentDetector.Step end = IncidentDetector.advance(now, 1L << 50);
    all.addAll(end.raised());
    assertThat(end.history().isEmpty()).isTrue();
    Set<String> ids = new HashSet<>();
    Map<String, List<Episode>> episodes = new HashMap<>();
    for (RaisedSignal r : all) {
      assertThat(ids.add(r.id())).isTrue();
      Episode episode = Objects.requireNonNull(r.signal().episode());
      episodes.computeIfAbsent(episode.id(), k -> new ArrayList<>()).add(episode);
    }
    for (List<Episode> parts : episodes.values()) {
      assertThat(parts.get(0).phase()).isEqualTo(Episode.Phase.OPENED);
      assertThat(parts.get(parts.size() - 1).phase()).isEqualTo(Episode.Phase.CLOSED);
      for (int i = 0; i < parts.size(); i++) {
        assertThat(parts.get(i).updates()).isEqualTo(i);
      }
      assertThat(parts.stream().filter(p -> p.phase() != Episode.Phase.UPDATED)).hasSize(2);
    }
  }

  private void see(Occurrence mark) {
    IncidentDetector.Step step = IncidentDetector.next(history, mark, OPTIONS, RuleBook.EMPTY);
    take(step);
    if (step.ungrouped() && mark.failure() != null) {
      alone.add(mark.id());
    }
  }

  private void advance(long to) {
    take(IncidentDetector.advance(history, to));
  }

  private void take(IncidentDetector.Step step) {
    history = step.history();
    raised.addAll(step.raised());
    for (RaisedSignal r : step.raised()) {
      SchemaAssert.assertValid(OutgoingEvent.Type.SIGNAL, EventJson.toBytes(r.signal()));
    }
  }

  private List<Episode.Phase> phases(SignalKind kind) {
    return raised.stream()
        .filter(r -> r.signal().kind() == kind)
        .map(r -> Objects.requireNonNull(r.signal().episode()).phase())
        .toList();
  }
}

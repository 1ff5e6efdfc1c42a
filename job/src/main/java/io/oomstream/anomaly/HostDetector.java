package io.oomstream.anomaly;

import io.oomstream.diagnosis.Observation;
import io.oomstream.event.AnomalySignal;
import io.oomstream.event.SignalKind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The detectors over one host's windows: a pure function of its history and the next report. */
public final class HostDetector {

  private HostDetector() {}

  /**
   * What a report does to a host's history.
   *
   * @param signals with their deterministic ids
   */
  public record Step(HostHistory history, List<Raised> signals) {}

  /** A signal and its deterministic id. */
  public record Raised(String id, AnomalySignal signal) {}

  /** Takes the next report in; a history of null is an empty one. */
  public static Step next(
      @Nullable HostHistory history, Observation observation, DetectorOptions options) {
    HostHistory past = history == null ? HostHistory.EMPTY : history;
    long now = observation.eventTimeMs();
    List<HostHistory.PastKill> kills = new ArrayList<>(past.kills());
    for (Observation.KillSeen kill : observation.kills()) {
      if (kills.stream().noneMatch(k -> k.id().equals(kill.id()))) {
        kills.add(new HostHistory.PastKill(kill.id(), now, KillDetector.keyOf(kill)));
      }
    }
    kills.sort(Comparator.comparingLong(HostHistory.PastKill::eventTimeMs));
    long latest = Math.max(now, latest(past));
    HostHistory current =
        expire(new HostHistory(kills, past.samples(), past.episodes()), latest, options);
    HostHistory grown =
        new HostHistory(
            Bounded.newest(current.kills(), HostHistory.MAX_KILLS),
            current.samples(),
            current.episodes());
    Episodes episodes = new Episodes(grown.episodes());
    List<Raised> raised = new ArrayList<>();
    KillDetector.detect(grown.kills(), observation, episodes, options, raised);
    return new Step(
        new HostHistory(grown.kills(), grown.samples(), episodes.running()), List.copyOf(raised));
  }

  /** What is left of a history at that event time; empty when every window has passed. */
  public static HostHistory expire(HostHistory history, long eventTimeMs, DetectorOptions options) {
    return new HostHistory(
        history.kills().stream()
            .filter(kill -> kill.eventTimeMs() > eventTimeMs - options.killWindowMs())
            .toList(),
        history.samples().stream()
            .filter(sample -> sample.eventTimeMs() > eventTimeMs - options.growthWindowMs())
            .toList(),
        history.episodes().stream()
            .filter(episode -> episode.lastMs() >= eventTimeMs - windowOf(episode, options))
            .toList());
  }

  private static long windowOf(HostHistory.Episode episode, DetectorOptions options) {
    if (episode.kind().equals(SignalKind.OOM_STORM.name())) {
      return options.stormWindowMs();
    }
    return episode.kind().equals(SignalKind.OOM_CRASH_LOOP.name())
        ? options.crashLoopWindowMs()
        : options.growthWindowMs();
  }

  private static long latest(HostHistory history) {
    long latest = Long.MIN_VALUE / 2;
    for (HostHistory.PastKill kill : history.kills()) {
      latest = Math.max(latest, kill.eventTimeMs());
    }
    for (HostHistory.PastSample sample : history.samples()) {
      latest = Math.max(latest, sample.eventTimeMs());
    }
    return latest;
  }
}

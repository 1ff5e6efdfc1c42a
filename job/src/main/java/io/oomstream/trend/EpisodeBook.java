package io.oomstream.trend;

import io.oomstream.diagnosis.context.EventIds;
import io.oomstream.diagnosis.context.Messages;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The alarms of one machine: one signal when an episode opens and one when it closes. */
final class EpisodeBook {

  /** Growth ends after a window divided by this without growth. */
  private static final int STALE = 4;

  private final TrendSignals signals;
  private final Messages words;
  private final long staleMs;
  private final List<MachineHistory.Episode> open;

  EpisodeBook(List<MachineHistory.Episode> open, TrendSignals signals, TrendOptions options) {
    this.open = new ArrayList<>(open);
    this.signals = signals;
    this.words = options.words();
    this.staleMs = options.windowMs() / STALE;
  }

  boolean isOpen(String kind) {
    return open.stream().anyMatch(episode -> episode.kind().equals(kind));
  }

  void record(Check check, long nowMs) {
    MachineHistory.Episode episode = find(check);
    Alarm alarm = check.alarm();
    if (alarm != null && episode == null) {
      String id =
          EventIds.hash(
              "signal",
              signals.hostKey(),
              check.kind().name(),
              check.subject(),
              String.valueOf(nowMs));
      MachineHistory.Episode opened =
          new MachineHistory.Episode(
              check.kind().name(), check.subject(), id, nowMs, nowMs, check.value());
      open.add(opened);
      signals.opened(check, alarm, opened);
    } else if (episode != null) {
      open.remove(episode);
      double peak = Math.max(episode.peak(), check.value());
      boolean stale = check.isGrowth() && nowMs - episode.heldMs() > staleMs;
      if (alarm == null && (check.releases(peak) || stale)) {
        signals.closed(
            episode,
            nowMs,
            words.text(
                check.releases(peak) ? "trend.usual" : "trend.no-more",
                "subject",
                check.subject()));
      } else {
        open.add(
            new MachineHistory.Episode(
                episode.kind(),
                episode.subject(),
                episode.id(),
                episode.openedMs(),
                alarm == null ? episode.heldMs() : Math.max(nowMs, episode.heldMs()),
                peak));
      }
    }
  }

  void closeAll(long nowMs, String why) {
    open.forEach(
        episode ->
            signals.closed(
                episode,
                nowMs,
                words.text("trend.closed", "subject", episode.subject(), "why", why)));
    open.clear();
  }

  /** The open episodes; if there are too many, those whose condition was true last. */
  List<MachineHistory.Episode> open() {
    List<MachineHistory.Episode> sorted = new ArrayList<>(open);
    sorted.sort(
        Comparator.comparingLong(MachineHistory.Episode::heldMs)
            .thenComparing(MachineHistory.Episode::id));
    int from = Math.max(0, sorted.size() - MachineHistory.MAX_EPISODES);
    return List.copyOf(sorted.subList(from, sorted.size()));
  }

  private MachineHistory.@Nullable Episode find(Check check) {
    for (MachineHistory.Episode episode : open) {
      if (episode.kind().equals(check.kind().name()) && episode.subject().equals(check.subject())) {
        return episode;
      }
    }
    return null;
  }
}

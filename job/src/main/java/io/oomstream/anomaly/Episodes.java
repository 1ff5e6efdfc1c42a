package io.oomstream.anomaly;

import io.oomstream.event.SignalKind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The alarms that are raised: one for an episode, which lasts until its window passes in peace. */
final class Episodes {

  private final List<HostHistory.Episode> running;

  Episodes(List<HostHistory.Episode> running) {
    this.running = new ArrayList<>(running);
  }

  /**
   * Notes that the condition holds.
   *
   * @return whether an episode begins with it
   */
  boolean begins(SignalKind kind, String subject, long nowMs, long windowMs) {
    boolean begins = true;
    long last = nowMs;
    for (HostHistory.Episode episode : List.copyOf(running)) {
      if (episode.kind().equals(kind.name()) && episode.subject().equals(subject)) {
        begins = nowMs - episode.lastMs() > windowMs;
        last = Math.max(nowMs, episode.lastMs());
        running.remove(episode);
      }
    }
    running.add(new HostHistory.Episode(kind.name(), subject, last));
    return begins;
  }

  List<HostHistory.Episode> running() {
    List<HostHistory.Episode> byTime = new ArrayList<>(running);
    byTime.sort(Comparator.comparingLong(HostHistory.Episode::lastMs));
    return Bounded.newest(byTime, HostHistory.MAX_EPISODES);
  }
}

package io.oomstream.trend;

import io.oomstream.diagnosis.context.EventIds;
import io.oomstream.diagnosis.context.EventTime;
import io.oomstream.diagnosis.context.Messages;
import io.oomstream.event.AnomalySignal;
import io.oomstream.event.Episode;
import io.oomstream.event.Severity;
import io.oomstream.event.SignalKind;
import io.oomstream.event.section.Evidence;
import io.oomstream.event.section.Host;
import io.oomstream.event.section.Unit;
import java.util.ArrayList;
import java.util.List;

/** Writes the findings as signals with deterministic ids. */
final class TrendSignals {

  private final String hostKey;
  private final Host host;
  private final List<TrendDetector.Raised> raised = new ArrayList<>();

  TrendSignals(String hostKey, Host host) {
    this.hostKey = hostKey;
    this.host = host;
  }

  String hostKey() {
    return hostKey;
  }

  List<TrendDetector.Raised> raised() {
    return List.copyOf(raised);
  }

  void opened(Check check, Alarm alarm, MachineHistory.Episode episode) {
    AnomalySignal signal =
        new AnomalySignal(
            AnomalySignal.SCHEMA_VERSION,
            episode.id(),
            check.kind(),
            alarm.severity(),
            host,
            EventTime.wall(episode.openedMs()),
            null,
            window(alarm.firstMs(), episode.openedMs()),
            check.subject(),
            alarm.measured(),
            alarm.threshold(),
            alarm.unit(),
            alarm.evidence(),
            List.of(),
            alarm.summary(),
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null);
    raised.add(
        new TrendDetector.Raised(
            episode.id(),
            signal
                .of(
                    new Episode(
                        episode.id(),
                        Episode.Phase.OPENED,
                        EventTime.wall(episode.openedMs()),
                        null,
                        EventTime.sinceBootUs(episode.openedMs()),
                        null,
                        0,
                        null,
                        null,
                        null))
                .leadingTo(alarm.forecast())));
  }

  void closed(MachineHistory.Episode episode, long nowMs, String summary) {
    String id = EventIds.hash("signal closed", hostKey, episode.id());
    AnomalySignal signal =
        new AnomalySignal(
            AnomalySignal.SCHEMA_VERSION,
            id,
            SignalKind.valueOf(episode.kind()),
            Severity.INFO,
            host,
            EventTime.wall(nowMs),
            null,
            window(episode.openedMs(), nowMs),
            episode.subject(),
            null,
            null,
            null,
            List.of(),
            List.of(episode.id()),
            summary,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null);
    raised.add(
        new TrendDetector.Raised(
            id,
            signal.of(
                new Episode(
                    episode.id(),
                    Episode.Phase.CLOSED,
                    EventTime.wall(episode.openedMs()),
                    EventTime.wall(nowMs),
                    EventTime.sinceBootUs(episode.openedMs()),
                    EventTime.sinceBootUs(nowMs),
                    1,
                    null,
                    null,
                    null))));
  }

  /** Kills that the kernel counted and that are not in the log. */
  void lost(
      long missing, long counted, long beforeCount, long afterCount, long nowMs, Messages words) {
    String id =
        EventIds.hash(
            "signal",
            hostKey,
            SignalKind.LOG_LOSS.name(),
            "oom_kill",
            String.valueOf(nowMs),
            String.valueOf(afterCount));
    raised.add(
        new TrendDetector.Raised(
            id,
            new AnomalySignal(
                AnomalySignal.SCHEMA_VERSION,
                id,
                SignalKind.LOG_LOSS,
                Severity.WARNING,
                host,
                EventTime.wall(nowMs),
                null,
                null,
                "oom_kill",
                (double) missing,
                0.0,
                Unit.COUNT,
                List.of(
                    Evidence.number(
                        words.text("fact.oom-kill.before"), beforeCount, Unit.COUNT, null, null),
                    Evidence.number(
                        words.text("fact.oom-kill"), afterCount, Unit.COUNT, null, null),
                    Evidence.number(
                        words.text("fact.kill-lines-seen"),
                        counted - missing,
                        Unit.COUNT,
                        counted,
                        null)),
                List.of(),
                words.text(
                    "trend.lost",
                    "kills",
                    words.counted("count.oom-kill", counted),
                    "missing",
                    missing),
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null)));
  }

  private static AnomalySignal.Window window(long firstMs, long lastMs) {
    return new AnomalySignal.Window(
        EventTime.wall(firstMs),
        EventTime.wall(lastMs),
        EventTime.sinceBootUs(firstMs),
        EventTime.sinceBootUs(lastMs));
  }
}

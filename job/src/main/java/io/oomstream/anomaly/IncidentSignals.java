package io.oomstream.anomaly;

import io.oomstream.diagnosis.context.EventIds;
import io.oomstream.diagnosis.context.EventTime;
import io.oomstream.diagnosis.context.Messages;
import io.oomstream.event.AnomalySignal;
import io.oomstream.event.Episode;
import io.oomstream.event.SignalKind;
import io.oomstream.event.section.Evidence;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What an episode tells at its beginning, while it lasts and at its end. */
final class IncidentSignals {

  private IncidentSignals() {}

  static RaisedSignal of(Incident incident, Episode.Phase phase, Messages words) {
    SignalKind kind = incident.signalKind();
    boolean fleet = kind == SignalKind.FLEET_OOM;
    long measured = fleet ? incident.hosts() : incident.events();
    String noun = fleet ? "host" : Occurrences.comesInBursts(kind) ? "failure" : "kill";
    boolean closed = phase == Episode.Phase.CLOSED;
    AnomalySignal signal =
        new AnomalySignal(
                AnomalySignal.SCHEMA_VERSION,
                kind,
                closed ? AnomalySignal.Severity.INFO : severity(kind),
                incident.host(),
                incident.time(),
                null,
                new AnomalySignal.Window(at(incident.firstMs()), at(incident.lastMs())),
                incident.subject().isEmpty() ? null : incident.subject(),
                (double) measured,
                (double) incident.threshold(),
                noun + "s",
                evidence(incident, noun, measured, words),
                incident.related(),
                summary(incident, phase, words),
                null,
                incident.provenance())
            .of(
                new Episode(
                    incident.id(),
                    phase,
                    at(incident.openedMs()),
                    closed ? at(incident.closesAt()) : null,
                    incident.sent(),
                    incident.events(),
                    incident.events() - incident.related().size(),
                    fleet ? incident.hosts() : null))
            .ofWorkload(incident.subject().isEmpty() ? null : incident.subject())
            .shapedBy(incident.rules());
    return new RaisedSignal(
        EventIds.hash("episode", incident.id(), phase.name(), String.valueOf(incident.sent())),
        signal);
  }

  private static AnomalySignal.Severity severity(SignalKind kind) {
    return Occurrences.comesInBursts(kind)
        ? AnomalySignal.Severity.WARNING
        : AnomalySignal.Severity.CRITICAL;
  }

  private static List<Evidence> evidence(
      Incident incident, String noun, long measured, Messages words) {
    List<Evidence> evidence = new ArrayList<>();
    evidence.add(
        new Evidence(
            words.text("fact.episode." + noun),
            String.valueOf(measured),
            "count",
            String.valueOf(incident.threshold()),
            null));
    if (incident.hosts() > 0) {
      evidence.add(
          new Evidence(
              words.text("fact.episode.kill"),
              String.valueOf(incident.events()),
              "count",
              null,
              null));
    }
    add(evidence, words.text("fact.episode.largest-order"), incident.worstOrder(), "order");
    add(evidence, words.text("fact.episode.least-free"), incident.leastFreeBytes(), "bytes");
    add(evidence, words.text("fact.episode.code"), incident.worstCode(), null);
    return evidence;
  }

  private static void add(
      List<Evidence> evidence, String fact, @Nullable Object value, @Nullable String unit) {
    if (value != null) {
      evidence.add(new Evidence(fact, value.toString(), unit, null, null));
    }
  }

  private static String summary(Incident incident, Episode.Phase phase, Messages words) {
    long seconds =
        Math.max(
            1, EventTime.plus(EventTime.minus(incident.lastMs(), incident.firstMs()), 999) / 1000);
    String within =
        words.text(
            phase == Episode.Phase.CLOSED ? "episode.over" : "episode.within",
            "time",
            words.counted("count.second", seconds));
    String times = words.counted("count.time", incident.events());
    return switch (incident.signalKind()) {
      case OOM_STORM ->
          words.text(
              "episode.storm",
              "kills",
              words.counted("count.oom-kill", incident.events()),
              "within",
              within);
      case OOM_CRASH_LOOP ->
          words.text(
              "episode.crash-loop",
              "subject",
              incident.subject(),
              "times",
              times,
              "within",
              within);
      case FLEET_OOM ->
          words.text(
              "episode.fleet",
              "subject",
              incident.subject(),
              "times",
              times,
              "hosts",
              words.counted("count.host", incident.hosts()),
              "within",
              within);
      default ->
          words.text(
              "episode.burst",
              "failed",
              words.counted("count.failed-allocation", incident.events()),
              "order",
              incident.worstOrder() == null
                  ? ""
                  : words.text("episode.burst.order", "order", incident.worstOrder()),
              "code",
              incident.worstCode() == null
                  ? ""
                  : words.text("episode.burst.code", "code", incident.worstCode()),
              "within",
              within);
    };
  }

  private static Instant at(long eventTimeMs) {
    return EventTime.instant(eventTimeMs);
  }
}

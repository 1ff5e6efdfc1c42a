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

/** The signals of an episode: opened, updated, closed. */
final class IncidentSignals {

  private IncidentSignals() {}

  static RaisedSignal of(Incident incident, Episode.Phase phase, Messages words) {
    SignalKind kind = incident.signalKind();
    boolean fleet = kind == SignalKind.FLEET_OOM;
    long measured = fleet ? incident.counts().hosts() : incident.counts().events();
    String noun = fleet ? "host" : Occurrences.comesInBursts(kind) ? "failure" : "kill";
    boolean closed = phase == Episode.Phase.CLOSED;
    AnomalySignal signal =
        new AnomalySignal(
                AnomalySignal.SCHEMA_VERSION,
                kind,
                closed ? AnomalySignal.Severity.INFO : severity(kind),
                incident.identity().host(),
                incident.time(),
                null,
                new AnomalySignal.Window(
                    at(incident.times().firstMs()), at(incident.times().lastMs())),
                incident.identity().subject().isEmpty() ? null : incident.identity().subject(),
                (double) measured,
                (double) incident.limits().threshold(),
                noun + "s",
                evidence(incident, noun, measured, words),
                incident.related(),
                summary(incident, phase, words),
                null,
                incident.identity().provenance(),
                null,
                null,
                null,
                null,
                null,
                null,
                null)
            .of(
                new Episode(
                    incident.identity().id(),
                    phase,
                    at(incident.times().openedMs()),
                    closed ? at(incident.closesAt()) : null,
                    incident.counts().sent(),
                    incident.counts().events(),
                    incident.counts().events() - incident.related().size(),
                    fleet ? incident.counts().hosts() : null))
            .ofWorkload(
                incident.identity().subject().isEmpty() ? null : incident.identity().subject())
            .shapedBy(incident.limits().rules());
    return new RaisedSignal(
        EventIds.hash(
            "episode",
            incident.identity().id(),
            phase.name(),
            String.valueOf(incident.counts().sent())),
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
            String.valueOf(incident.limits().threshold()),
            null));
    if (incident.counts().hosts() > 0) {
      evidence.add(
          new Evidence(
              words.text("fact.episode.kill"),
              String.valueOf(incident.counts().events()),
              "count",
              null,
              null));
    }
    add(evidence, words.text("fact.episode.largest-order"), incident.worst().order(), "order");
    add(
        evidence,
        words.text("fact.episode.least-free"),
        incident.worst().leastFreeBytes(),
        "bytes");
    add(evidence, words.text("fact.episode.code"), incident.worst().code(), null);
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
            1,
            EventTime.plus(
                    EventTime.minus(incident.times().lastMs(), incident.times().firstMs()), 999)
                / 1000);
    String within =
        words.text(
            phase == Episode.Phase.CLOSED ? "episode.over" : "episode.within",
            "time",
            words.counted("count.second", seconds));
    String times = words.counted("count.time", incident.counts().events());
    return switch (incident.signalKind()) {
      case OOM_STORM ->
          words.text(
              "episode.storm",
              "kills",
              words.counted("count.oom-kill", incident.counts().events()),
              "within",
              within);
      case OOM_CRASH_LOOP ->
          words.text(
              "episode.crash-loop",
              "subject",
              incident.identity().subject(),
              "times",
              times,
              "within",
              within);
      case FLEET_OOM ->
          words.text(
              "episode.fleet",
              "subject",
              incident.identity().subject(),
              "times",
              times,
              "hosts",
              words.counted("count.host", incident.counts().hosts()),
              "within",
              within);
      default ->
          words.text(
              "episode.burst",
              "failed",
              words.counted("count.failed-allocation", incident.counts().events()),
              "order",
              incident.worst().order() == null
                  ? ""
                  : words.text("episode.burst.order", "order", incident.worst().order()),
              "code",
              incident.worst().code() == null
                  ? ""
                  : words.text("episode.burst.code", "code", incident.worst().code()),
              "within",
              within);
    };
  }

  private static Instant at(long eventTimeMs) {
    return EventTime.instant(eventTimeMs);
  }
}

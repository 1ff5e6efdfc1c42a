package io.oomstream.anomaly;

import io.oomstream.diagnosis.context.EventIds;
import io.oomstream.diagnosis.context.EventTime;
import io.oomstream.diagnosis.context.HumanUnits;
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

  static RaisedSignal of(Incident incident, Episode.Phase phase) {
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
                evidence(incident, noun, measured),
                incident.related(),
                summary(incident, phase),
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

  private static List<Evidence> evidence(Incident incident, String noun, long measured) {
    List<Evidence> evidence = new ArrayList<>();
    evidence.add(
        new Evidence(
            noun + "s of the episode",
            String.valueOf(measured),
            "count",
            String.valueOf(incident.limits().threshold()),
            null));
    if (incident.counts().hosts() > 0) {
      evidence.add(
          new Evidence(
              "kills of the episode",
              String.valueOf(incident.counts().events()),
              "count",
              null,
              null));
    }
    add(evidence, "largest order", incident.worst().order(), "order");
    add(evidence, "least free memory", incident.worst().leastFreeBytes(), "bytes");
    add(evidence, "requesting code", incident.worst().code(), null);
    return evidence;
  }

  private static void add(
      List<Evidence> evidence, String fact, @Nullable Object value, @Nullable String unit) {
    if (value != null) {
      evidence.add(new Evidence(fact, value.toString(), unit, null, null));
    }
  }

  private static String summary(Incident incident, Episode.Phase phase) {
    long seconds =
        Math.max(
            1,
            EventTime.plus(
                    EventTime.minus(incident.times().lastMs(), incident.times().firstMs()), 999)
                / 1000);
    String within =
        (phase == Episode.Phase.CLOSED ? " Over, after " : " Within ")
            + HumanUnits.count(seconds, "second")
            + ".";
    return switch (incident.signalKind()) {
      case OOM_STORM ->
          HumanUnits.count(incident.counts().events(), "OOM kill") + " on this host." + within;
      case OOM_CRASH_LOOP ->
          incident.identity().subject()
              + " was killed "
              + HumanUnits.count(incident.counts().events(), "time")
              + " on this host: it is restarted and runs out of memory again."
              + within;
      case FLEET_OOM ->
          incident.identity().subject()
              + " was killed "
              + HumanUnits.count(incident.counts().events(), "time")
              + " on "
              + HumanUnits.count(incident.counts().hosts(), "host")
              + ": one incident, look for what these hosts have in common."
              + within;
      default ->
          HumanUnits.count(incident.counts().events(), "failed allocation")
              + " on this host"
              + (incident.worst().order() == null
                  ? ""
                  : ", the largest of order " + incident.worst().order())
              + (incident.worst().code() == null ? "" : ", requested by " + incident.worst().code())
              + "."
              + within;
    };
  }

  private static Instant at(long eventTimeMs) {
    return EventTime.instant(eventTimeMs);
  }
}

package io.oomstream.anomaly;

import io.oomstream.diagnosis.context.EventIds;
import io.oomstream.diagnosis.context.EventTime;
import io.oomstream.diagnosis.context.Messages;
import io.oomstream.event.AnomalySignal;
import io.oomstream.event.Episode;
import io.oomstream.event.Severity;
import io.oomstream.event.SignalKind;
import io.oomstream.event.section.Evidence;
import io.oomstream.event.section.Unit;
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
    String id =
        EventIds.hash(
            "episode",
            incident.identity().id(),
            phase.name(),
            String.valueOf(incident.counts().sent()));
    AnomalySignal signal =
        new AnomalySignal(
                AnomalySignal.SCHEMA_VERSION,
                id,
                kind,
                closed ? Severity.INFO : severity(kind),
                incident.identity().host(),
                incident.time(),
                null,
                window(incident.times().firstMs(), incident.times().lastMs()),
                incident.identity().subject().isEmpty() ? null : incident.identity().subject(),
                (double) measured,
                (double) incident.limits().threshold(),
                Unit.COUNT,
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
                    EventTime.wall(incident.times().openedMs()),
                    closed ? EventTime.wall(incident.closesAt()) : null,
                    EventTime.sinceBootUs(incident.times().openedMs()),
                    closed ? EventTime.sinceBootUs(incident.closesAt()) : null,
                    incident.counts().sent(),
                    incident.counts().events(),
                    incident.counts().events() - incident.related().size(),
                    fleet ? incident.counts().hosts() : null))
            .ofWorkload(
                incident.identity().subject().isEmpty() ? null : incident.identity().subject())
            .shapedBy(incident.limits().rules());
    return new RaisedSignal(id, signal);
  }

  /** Of an episode that is longer than hosts are remembered, the least number. */
  private static String hosts(Incident incident, Messages words) {
    String hosts = words.counted("count.host", incident.counts().hosts());
    return FleetShare.mayForgetHosts(incident.times().firstMs(), incident.times().lastMs())
        ? words.text("episode.fleet.at-least", "hosts", hosts)
        : hosts;
  }

  private static Severity severity(SignalKind kind) {
    return Occurrences.comesInBursts(kind) ? Severity.WARNING : Severity.CRITICAL;
  }

  private static List<Evidence> evidence(
      Incident incident, String noun, long measured, Messages words) {
    List<Evidence> evidence = new ArrayList<>();
    evidence.add(
        Evidence.number(
            words.text("fact.episode." + noun),
            measured,
            Unit.COUNT,
            (long) incident.limits().threshold(),
            null));
    if (incident.counts().hosts() > 0) {
      evidence.add(
          Evidence.number(
              words.text("fact.episode.kill"), incident.counts().events(), Unit.COUNT, null, null));
    }
    add(evidence, words.text("fact.episode.largest-order"), incident.worst().order(), Unit.ORDER);
    add(
        evidence,
        words.text("fact.episode.least-free"),
        incident.worst().leastFreeBytes(),
        Unit.BYTES);
    String code = incident.worst().code();
    if (code != null) {
      evidence.add(Evidence.text(words.text("fact.episode.code"), code, null));
    }
    return evidence;
  }

  private static void add(
      List<Evidence> evidence, String fact, @Nullable Number value, String unit) {
    if (value != null) {
      evidence.add(Evidence.number(fact, value.longValue(), unit, null, null));
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
              hosts(incident, words),
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

  private static AnomalySignal.Window window(long firstMs, long lastMs) {
    return new AnomalySignal.Window(
        EventTime.wall(firstMs),
        EventTime.wall(lastMs),
        EventTime.sinceBootUs(firstMs),
        EventTime.sinceBootUs(lastMs));
  }
}

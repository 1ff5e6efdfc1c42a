package io.oomstream.anomaly;

import io.oomstream.diagnosis.EventIds;
import io.oomstream.diagnosis.HumanUnits;
import io.oomstream.diagnosis.Observation;
import io.oomstream.event.AnomalySignal;
import io.oomstream.event.Evidence;
import io.oomstream.event.SignalKind;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Many kills on one host: of whatever workloads, and of the same one. */
final class KillDetector {

  /** Ids named in one signal; a longer list helps nobody. */
  private static final int MAX_RELATED = 50;

  private KillDetector() {}

  static void detect(
      List<HostHistory.PastKill> kills,
      Observation observation,
      Episodes episodes,
      DetectorOptions options,
      List<HostDetector.Raised> out) {
    storm(kills, observation, episodes, options, out);
    Set<String> workloads = new LinkedHashSet<>();
    observation.kills().forEach(kill -> workloads.add(keyOf(kill)));
    for (String workload : workloads) {
      if (!workload.isEmpty()) {
        crashLoop(workload, kills, observation, episodes, options, out);
      }
    }
  }

  /** What kills are grouped by: the workload, else the name; empty where neither is known. */
  static String keyOf(Observation.KillSeen kill) {
    if (kill.workload() != null) {
      return kill.workload();
    }
    return kill.comm() == null ? "" : kill.comm();
  }

  private static void storm(
      List<HostHistory.PastKill> kills,
      Observation observation,
      Episodes episodes,
      DetectorOptions options,
      List<HostDetector.Raised> out) {
    List<HostHistory.PastKill> recent =
        within(kills, observation.eventTimeMs(), options.stormWindowMs(), null);
    if (recent.size() < options.stormKills()
        || !episodes.begins(
            SignalKind.OOM_STORM, "", observation.eventTimeMs(), options.stormWindowMs())) {
      return;
    }
    long workloads = recent.stream().map(HostHistory.PastKill::workload).distinct().count();
    out.add(
        raise(
            SignalKind.OOM_STORM,
            null,
            recent,
            options.stormKills(),
            observation,
            HumanUnits.count(recent.size(), "OOM kill")
                + " on this host within "
                + seconds(recent)
                + ", of "
                + HumanUnits.count(workloads, "workload")
                + "."));
  }

  private static void crashLoop(
      String workload,
      List<HostHistory.PastKill> kills,
      Observation observation,
      Episodes episodes,
      DetectorOptions options,
      List<HostDetector.Raised> out) {
    List<HostHistory.PastKill> recent =
        within(kills, observation.eventTimeMs(), options.crashLoopWindowMs(), workload);
    if (recent.size() < options.crashLoopKills()
        || !episodes.begins(
            SignalKind.OOM_CRASH_LOOP,
            workload,
            observation.eventTimeMs(),
            options.crashLoopWindowMs())) {
      return;
    }
    out.add(
        raise(
            SignalKind.OOM_CRASH_LOOP,
            workload,
            recent,
            options.crashLoopKills(),
            observation,
            workload
                + " was killed "
                + HumanUnits.count(recent.size(), "time")
                + " within "
                + seconds(recent)
                + ": it comes back and runs out of memory again."));
  }

  private static HostDetector.Raised raise(
      SignalKind kind,
      @Nullable String subject,
      List<HostHistory.PastKill> kills,
      int threshold,
      Observation observation,
      String summary) {
    HostHistory.PastKill first = kills.get(0);
    HostHistory.PastKill last = kills.get(kills.size() - 1);
    List<String> ids = new ArrayList<>();
    kills.forEach(kill -> ids.add(kill.id()));
    String id =
        EventIds.hash("signal", observation.hostKey(), kind.name(), subject, first.id(), last.id());
    AnomalySignal signal =
        DetectorSignal.of(
            kind,
            AnomalySignal.Severity.CRITICAL,
            subject,
            observation,
            first.eventTimeMs(),
            last.eventTimeMs(),
            new DetectorSignal.Measure(kills.size(), threshold, "kills"),
            List.of(
                new Evidence(
                    "kills in the window",
                    String.valueOf(kills.size()),
                    "count",
                    String.valueOf(threshold),
                    null)),
            Bounded.newest(ids, MAX_RELATED),
            summary);
    return new HostDetector.Raised(id, signal);
  }

  private static List<HostHistory.PastKill> within(
      List<HostHistory.PastKill> kills, long nowMs, long windowMs, @Nullable String workload) {
    return kills.stream()
        .filter(kill -> kill.eventTimeMs() > nowMs - windowMs && kill.eventTimeMs() <= nowMs)
        .filter(kill -> workload == null || kill.workload().equals(workload))
        .toList();
  }

  private static String seconds(List<HostHistory.PastKill> kills) {
    long ms = kills.get(kills.size() - 1).eventTimeMs() - kills.get(0).eventTimeMs();
    return HumanUnits.count(Math.max(1, (ms + 999) / 1000), "second");
  }
}

package io.oomstream.anomaly;

import io.oomstream.diagnosis.EventIds;
import io.oomstream.diagnosis.HumanUnits;
import io.oomstream.diagnosis.Observation;
import io.oomstream.event.AnomalySignal;
import io.oomstream.event.Evidence;
import io.oomstream.event.SignalKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Kernel memory that grows from sample to sample: task structures, and any slab cache. */
final class GrowthDetector {

  private static final String TASKS = "task_struct";

  private GrowthDetector() {}

  static void detect(
      List<HostHistory.PastSample> samples,
      List<HostHistory.PastSample> fresh,
      Observation observation,
      Episodes episodes,
      DetectorOptions options,
      List<HostDetector.Raised> out) {
    if (fresh.isEmpty()) {
      return;
    }
    taskStruct(samples, observation, episodes, options, out);
    for (HostHistory.PastSample sample : fresh) {
      String cache = Series.cacheOf(sample.what());
      Growth growth = cache == null ? null : Growth.of(sample.what(), samples, options);
      if (cache != null && growth != null && growth.share() >= options.slabGrowthShare()) {
        raise(SignalKind.SLAB_GROWTH, cache, List.of(growth), observation, episodes, options, out);
      }
    }
  }

  /**
   * By the cache's own row where dumps print it. They do so only when slab outweighs all pages of
   * processes ({@code mm/oom_kill.c: should_dump_unreclaim_slab}), so else by what grows along with
   * it: kernel stacks, unreclaimable slab and the number of tasks, all three.
   */
  private static void taskStruct(
      List<HostHistory.PastSample> samples,
      Observation observation,
      Episodes episodes,
      DetectorOptions options,
      List<HostDetector.Raised> out) {
    Growth own = Growth.of(Series.TASK_STRUCT, samples, options);
    if (own != null && own.share() >= options.growthShare()) {
      raise(
          SignalKind.TASK_STRUCT_SLAB_GROWTH,
          TASKS,
          List.of(own),
          observation,
          episodes,
          options,
          out);
      return;
    }
    if (samples.stream().filter(s -> s.what().equals(Series.TASK_STRUCT)).count()
        >= options.growthPoints()) {
      return;
    }
    Growth stacks = Growth.of(Series.KERNEL_STACK, samples, options);
    Growth slab = Growth.of(Series.UNRECLAIMABLE_SLAB, samples, options);
    Growth tasks = Growth.of(Series.TASK_COUNT, samples, options);
    if (stacks != null
        && slab != null
        && tasks != null
        && stacks.share() >= options.growthShare()
        && slab.share() >= options.growthShare()) {
      raise(
          SignalKind.TASK_STRUCT_SLAB_GROWTH,
          TASKS,
          List.of(stacks, slab, tasks),
          observation,
          episodes,
          options,
          out);
    }
  }

  private static void raise(
      SignalKind kind,
      String subject,
      List<Growth> growths,
      Observation observation,
      Episodes episodes,
      DetectorOptions options,
      List<HostDetector.Raised> out) {
    long now = observation.eventTimeMs();
    if (!episodes.begins(kind, subject, now, options.growthWindowMs())) {
      return;
    }
    Growth main = growths.get(0);
    List<Evidence> evidence = new ArrayList<>();
    for (Growth growth : growths) {
      evidence.add(
          new Evidence(
              "growth of " + growth.what() + " over " + growth.points() + " samples",
              String.format(Locale.ROOT, "%.0f", growth.grown()),
              growth.what().equals(Series.TASK_COUNT) ? "count" : "bytes",
              null,
              null));
    }
    String id =
        EventIds.hash(
            "signal",
            observation.hostKey(),
            kind.name(),
            subject,
            String.valueOf(main.firstMs()),
            String.valueOf(now));
    AnomalySignal signal =
        DetectorSignal.of(
            kind,
            AnomalySignal.Severity.WARNING,
            subject,
            observation,
            main.firstMs(),
            main.lastMs(),
            new DetectorSignal.Measure(
                main.share(),
                kind == SignalKind.SLAB_GROWTH ? options.slabGrowthShare() : options.growthShare(),
                "share of managed memory"),
            evidence,
            observation.kills().stream().map(Observation.KillSeen::id).toList(),
            summary(subject, growths));
    out.add(new HostDetector.Raised(id, signal));
  }

  private static String summary(String subject, List<Growth> growths) {
    Growth main = growths.get(0);
    String figures =
        HumanUnits.bytes((long) main.grown())
            + " over "
            + main.points()
            + " samples, "
            + HumanUnits.bytes((long) main.perHour())
            + " an hour, to "
            + HumanUnits.bytes((long) main.level())
            + " ("
            + HumanUnits.percent(main.share())
            + " of memory)";
    return growths.size() == 1
        ? "Slab cache " + subject + " grows: " + figures + "."
        : "Task structures grow, judged by kernel stacks, slab and the number of tasks, which all"
            + " grow: "
            + main.what()
            + " by "
            + figures
            + ".";
  }
}

package io.oomstream.bench;

import io.oomstream.format.line.Envelope;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/**
 * The small benchmarks as one table: each figure against its limit in the same run, and the goal.
 * Of several forks the fastest iteration counts, since other work on the machine only adds.
 */
public final class BenchmarkTable {

  private static final double GOAL_TEXT = 3;
  private static final double GOAL_JSON = 4;
  private static final double GOAL_KILL_US = 150;
  private static final double GOAL_BLOCK_US = 300;

  private BenchmarkTable() {}

  /**
   * Runs them.
   *
   * @param args forks, 2 if not given
   */
  public static void main(String[] args) throws RunnerException {
    int forks = args.length > 0 ? Integer.parseInt(args[0]) : 2;
    Collection<RunResult> results =
        new Runner(
                new OptionsBuilder()
                    .include("DecodeClassifyBenchmark|ParseBenchmark")
                    .forks(forks)
                    .warmupIterations(2)
                    .warmupTime(TimeValue.milliseconds(600))
                    .measurementIterations(3)
                    .measurementTime(TimeValue.milliseconds(300))
                    .addProfiler(GCProfiler.class)
                    .build())
            .run();
    Map<String, RunResult> byName = new TreeMap<>();
    for (RunResult result : results) {
      String benchmark = result.getParams().getBenchmark();
      String envelope = result.getParams().getParam("envelope");
      String name = benchmark.substring(benchmark.lastIndexOf('.') + 1);
      byName.put(envelope == null ? name : name + " " + envelope, result);
    }
    System.out.println();
    System.out.println(
        "| a dropped line | one pass, ns | decode + classify, ns | ratio | goal | B |");
    System.out.println("|---|---|---|---|---|---|");
    for (Envelope envelope : Envelope.values()) {
      RunResult decode = byName.get("decodeAndClassify " + envelope);
      RunResult pass = byName.get("readBytes " + envelope);
      if (decode != null && pass != null) {
        System.out.printf(
            "| %s | %.0f | %.0f | %.1f | %.0f | %.0f |%n",
            envelope,
            fastest(pass),
            fastest(decode),
            fastest(decode) / fastest(pass),
            isText(envelope) ? GOAL_TEXT : GOAL_JSON,
            allocated(decode));
      }
    }
    System.out.println();
    System.out.println("| one report | us | goal |");
    System.out.println("|---|---|---|");
    report(byName, "readText", 0);
    report(byName, "segment", 0);
    report(byName, "parse", 0);
    report(byName, "killEvent", GOAL_KILL_US);
    report(byName, "killAndBlockEvents", GOAL_BLOCK_US);
  }

  private static void report(Map<String, RunResult> byName, String name, double goal) {
    RunResult result = byName.get(name);
    if (result != null) {
      System.out.printf(
          "| %s | %.1f | %s |%n",
          name, fastest(result), goal == 0 ? "" : String.valueOf(Math.round(goal)));
    }
  }

  private static boolean isText(Envelope envelope) {
    return switch (envelope) {
      case KMSG, DMESG, RFC3164, RFC5424, CRI -> true;
      default -> false;
    };
  }

  private static double fastest(RunResult result) {
    return result.getPrimaryResult().getStatistics().getMin();
  }

  /** Bytes allocated for one line. */
  private static double allocated(RunResult result) {
    return result.getSecondaryResults().entrySet().stream()
        .filter(entry -> entry.getKey().endsWith("gc.alloc.rate.norm"))
        .mapToDouble(entry -> entry.getValue().getScore())
        .min()
        .orElse(Double.NaN);
  }
}

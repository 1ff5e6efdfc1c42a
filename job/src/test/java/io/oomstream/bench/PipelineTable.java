package io.oomstream.bench;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What one mix of records costs, as a table of ratios with their goals, and as JSON. Of several
 * rounds the best counts, by rate and by CPU time each, since other work on the machine only adds.
 */
final class PipelineTable {

  /** What is measured. */
  enum Work {
    CONSUMER("plain consumer"),
    NOWHERE("source to nowhere"),
    RAW_NOWHERE("raw records to nowhere"),
    WHOLE("whole job");

    private final String text;

    Work(String text) {
      this.text = text;
    }

    String text() {
      return text;
    }
  }

  private static final int RARE = 1000;
  private static final int OFTEN = 10;

  private final Mix mix;
  private final Mix.Written written;
  private final Map<Work, Double> rates = new EnumMap<>(Work.class);
  private final Map<Work, Double> cpuNs = new EnumMap<>(Work.class);

  PipelineTable(Mix mix, Mix.Written written) {
    this.mix = mix;
    this.written = written;
  }

  void add(Work work, ThreadCpu.Cost cost) {
    rates.merge(work, written.records() / cost.seconds(), Math::max);
    cpuNs.merge(work, (double) cost.processNs() / written.records(), Math::min);
  }

  private double byRate(Work limit) {
    return rates.getOrDefault(Work.WHOLE, 0.0) / rates.getOrDefault(limit, 1.0);
  }

  private double byCpu(Work limit) {
    return cpuNs.getOrDefault(limit, 0.0) / cpuNs.getOrDefault(Work.WHOLE, 1.0);
  }

  /** What the whole job is to reach of the limit; 0 for no goal. */
  private double goal(Work limit) {
    if (limit == Work.CONSUMER) {
      return mix.oneIn() == RARE ? 0.6 : 0;
    }
    return mix.oneIn() == RARE ? 1.5 : mix.oneIn() == OFTEN ? 0.9 : 0.6;
  }

  void print() {
    System.out.printf(
        Locale.ROOT,
        "%n| one block line in %d | M/s | CPU ns | whole job by rate | by CPU | goal |%n",
        mix.oneIn());
    System.out.println("|---|---|---|---|---|---|");
    for (Work work : Work.values()) {
      boolean isLimit = work != Work.WHOLE;
      System.out.printf(
          Locale.ROOT,
          "| %s | %.2f | %.0f | %s | %s | %s |%n",
          work.text(),
          rates.getOrDefault(work, 0.0) / 1e6,
          cpuNs.getOrDefault(work, 0.0),
          isLimit ? String.format(Locale.ROOT, "%.2f", byRate(work)) : "",
          isLimit ? String.format(Locale.ROOT, "%.2f", byCpu(work)) : "",
          isLimit && goal(work) > 0 ? String.valueOf(goal(work)) : "");
    }
  }

  /** One object for each row. */
  List<String> json() {
    List<String> rows = new ArrayList<>();
    for (Work work : Work.values()) {
      rows.add(
          String.format(
              Locale.ROOT,
              "{\"oneIn\":%d,\"work\":\"%s\",\"recordsPerSecond\":%.0f,\"cpuNs\":%.0f,"
                  + "\"wholeByRate\":%.3f,\"wholeByCpu\":%.3f,\"goal\":%.1f}",
              mix.oneIn(),
              work.text(),
              rates.getOrDefault(work, 0.0),
              cpuNs.getOrDefault(work, 0.0),
              byRate(work),
              byCpu(work),
              work == Work.WHOLE ? 0 : goal(work)));
    }
    return rows;
  }
}

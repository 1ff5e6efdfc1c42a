package io.oomstream.function;

import static org.assertj.core.api.Assertions.assertThat;

import io.oomstream.assemble.AssembleSettings;
import io.oomstream.assemble.AssemblySteps;
import io.oomstream.assemble.segment.SegmentLimits;
import io.oomstream.format.line.RawRecord;
import io.oomstream.lab.LabLogs;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * How long the other hosts of a subtask wait for one that floods: no longer than for as many
 * ordinary lines. Time is this thread's CPU time, each figure the least of several, and each is
 * held against one of the same run.
 */
class FloodTest {

  /** What a look at a line of a flood may cost, in conclusions of an ordinary line. */
  private static final double RATIO = 3;

  private static final long NOW = 1_700_000_000_000L;
  private static final int TRIES = 3;
  private static final int FULL = 20_000;

  @Test
  void aStepOfAFloodCostsNoMoreThanAsManyOrdinaryLines() throws Exception {
    double ordinary = Double.MAX_VALUE;
    double flooded = Double.MAX_VALUE;
    for (int i = 0; i < TRIES; i++) {
      ordinary = Math.min(ordinary, ordinary(FULL));
      flooded = Math.min(flooded, flooded(FULL));
    }
    assertThat(flooded).as("ns a line, ordinary %.0f", ordinary).isLessThan(RATIO * ordinary);
  }

  @Test
  void theCostOfALineDoesNotGrowWithTheBuffer() throws Exception {
    double small = Double.MAX_VALUE;
    double large = Double.MAX_VALUE;
    for (int i = 0; i < TRIES; i++) {
      small = Math.min(small, flooded(FULL / 8));
      large = Math.min(large, flooded(FULL));
    }
    assertThat(large).as("ns a line, of an eighth %.0f", small).isLessThan(RATIO * small);
  }

  @Test
  void stepsLookAtFiveThousandLinesASecondAtMost() {
    for (int lines = 0; lines <= 300_000; lines += 999) {
      long first = AssemblySteps.stepAfter(NOW, 0, lines);
      long second = AssemblySteps.stepAfter(first + 1, 0, lines);
      assertThat(lines).isLessThanOrEqualTo((int) (5 * (second - first)));
    }
  }

  /** Nanoseconds for the conclusion of a line, of hosts with a report each. */
  private static double ordinary(int lines) throws Exception {
    LabLogs.LabLog log = LabLogs.one("6.1.0-50-amd64", "03-memcg2-kube", "kmsg.log");
    List<byte[]> report = log.lines().subList(440, log.lines().size());
    try (MiniJob job = MiniJob.ofDefaults(1)) {
      for (int host = 0; job.metric(Metrics.LINES_BUFFERED) < lines; host++) {
        for (int i = 0; i < report.size(); i++) {
          job.read(record("host" + host, i, NOW, report.get(i)));
        }
      }
      long buffered = job.metric(Metrics.LINES_BUFFERED);
      long begin = cpu();
      job.watermark(NOW + 100_000);
      double each = (double) (cpu() - begin) / buffered;
      assertThat(job.metric(Metrics.LINES_BUFFERED)).isZero();
      return each;
    }
  }

  /** Nanoseconds for a line in the longest step of a report that never ends, the buffer full. */
  private static double flooded(int lines) throws Exception {
    AssembleSettings defaults = AssembleSettings.defaults();
    AssembleSettings settings =
        new AssembleSettings(
            defaults.settlingMs(),
            defaults.stragglerMs(),
            defaults.stallMs(),
            lines,
            defaults.maxHostBytes(),
            new SegmentLimits(60_000_000, 20_000));
    try (MiniJob job = new MiniJob(1, settings, false)) {
      int number = 0;
      job.read(text(number++, NOW, "x invoked oom-killer: gfp_mask=0xcc0, order=0"));
      double longest = 0;
      int looks = 0;
      for (int second = 0; second < 20; second++) {
        long at = NOW + second * 1_000L;
        for (int i = 0; i < lines / 5; i++) {
          job.read(text(number, at, "[  " + (1000 + number++) + "]     0  1 2 3 4 5 0 bash"));
        }
        boolean full = job.metric(Metrics.LINES_BUFFERED) >= lines;
        long begin = cpu();
        job.watermark(at - 2_000);
        double each = (double) (cpu() - begin) / lines;
        longest = full ? Math.max(longest, each) : longest;
        looks += full ? 1 : 0;
      }
      assertThat(looks).as("seconds with a full buffer").isGreaterThan(8);
      assertThat(longest).isPositive();
      return longest;
    }
  }

  private static long cpu() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }

  private static RawRecord text(int number, long at, String text) {
    String line = "4," + number + "," + (1_000_000 + 10L * number) + ",-;" + text;
    return record("flood", number, at, line.getBytes(StandardCharsets.UTF_8));
  }

  private static RawRecord record(String host, int number, long at, byte[] line) {
    return new RawRecord("t", 0, number, at, host.getBytes(StandardCharsets.UTF_8), line, Map.of());
  }
}

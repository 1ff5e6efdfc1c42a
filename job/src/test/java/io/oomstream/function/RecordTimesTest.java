package io.oomstream.function;

import static org.assertj.core.api.Assertions.assertThat;

import io.oomstream.assemble.AssembleSettings;
import io.oomstream.assemble.AssemblyInput;
import io.oomstream.assemble.AssemblySteps;
import io.oomstream.assemble.HostLine;
import io.oomstream.assemble.HostLines;
import io.oomstream.assemble.Intake;
import io.oomstream.assemble.StepPlan;
import io.oomstream.assemble.StepsResult;
import io.oomstream.assemble.TimedLine;
import io.oomstream.assemble.segment.BootLedger;
import io.oomstream.assemble.segment.LineBlock;
import io.oomstream.assemble.segment.SegmentLimits;
import io.oomstream.event.MemoryBlock;
import io.oomstream.event.section.BlockInfo;
import io.oomstream.format.line.RawRecord;
import io.oomstream.lab.LabLogs;
import io.oomstream.lab.Lines;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever a record claims to be its time: no step repeats itself, and no kill is lost. */
class RecordTimesTest {

  private static final long NOW = 1_700_000_000_000L;
  private static final long YEAR = 365L * 86_400_000;
  private static final List<byte[]> REPORT = report();
  private static final long[] TIMES = {
    Long.MAX_VALUE,
    Long.MAX_VALUE - 1,
    Long.MAX_VALUE - 5_000,
    Long.MAX_VALUE - 3_600_000,
    Long.MAX_VALUE / 2,
    253_402_300_799_999L,
    NOW + YEAR,
    NOW,
    1,
    0,
    -1,
    Long.MIN_VALUE / 2,
    Long.MIN_VALUE + 1,
    Long.MIN_VALUE
  };

  @ParameterizedTest
  @Timeout(60) // a loop without end would hang the build
  @ValueSource(
      longs = {
        Long.MAX_VALUE,
        Long.MAX_VALUE - 1,
        Long.MAX_VALUE - 5_000,
        Long.MAX_VALUE - 3_600_000,
        NOW + YEAR,
        0,
        -1,
        Long.MIN_VALUE,
        Long.MIN_VALUE + 1
      })
  void aHostWithAnImpossibleClockDelaysNobodyAndKeepsItsKill(long time) throws Exception {
    try (MiniJob job = MiniJob.ofDefaults(1)) {
      job.watermark(NOW - 2_000);
      readAll(job, "wrong", time);
      readAll(job, "right", NOW);
      assertTimers(job, 2);
      job.watermark(NOW + 60_000);
      assertThat(hostsWithKill(job)).contains("right");
      job.watermark(NOW + 120_000);
      assertTimers(job, 1);
      job.end();
      assertThat(hostsWithKill(job)).containsExactlyInAnyOrder("wrong", "right");
      job.validEvents();
      assertThat(job.residue()).isZero();
    }
  }

  /** It is never silent, and event time never comes to it. */
  @Test
  @Timeout(60)
  void aHostThatGoesOnWithAClockFarAheadIsConcludedAllTheSame() throws Exception {
    try (MiniJob job = MiniJob.ofDefaults(1)) {
      job.watermark(NOW - 2_000);
      String kill = "Out of memory: Killed process 7 (x) total-vm:1kB, anon-rss:1kB";
      int kills = 100;
      for (int i = 0; i < kills; i++) {
        job.processingTime(NOW + i * 10_000L);
        job.watermark(NOW - 2_000 + i * 10_000L);
        String line = "4," + i + "," + (1_000_000L * i) + ",-;" + kill;
        byte[] bytes = line.getBytes(StandardCharsets.ISO_8859_1);
        job.read(record("wrong", i, Long.MAX_VALUE - i, bytes));
        assertThat(job.metric(Metrics.LINES_BUFFERED)).isLessThan(20);
      }
      job.end();
      assertThat(job.blocks()).hasSize(kills);
      assertThat(job.residue()).isZero();
    }
  }

  @ParameterizedTest
  @Timeout(60)
  @ValueSource(
      longs = {
        Long.MAX_VALUE - 1,
        Long.MAX_VALUE - 2,
        Long.MAX_VALUE - 3,
        Long.MAX_VALUE / 2,
        Long.MIN_VALUE + 1,
        -1
      })
  void eventTimeMayStandAnywhere(long watermark) throws Exception {
    try (MiniJob job = MiniJob.ofDefaults(1)) {
      job.watermark(watermark);
      readAll(job, "a", NOW);
      readAll(job, "b", Long.MAX_VALUE);
      assertTimers(job, 2);
      job.end();
      assertThat(hostsWithKill(job)).containsExactlyInAnyOrder("a", "b");
      assertThat(job.residue()).isZero();
    }
  }

  /** Hosts whose every line has a time of its own, with event time leaping about. */
  @Property(tries = 40)
  void anyTimesInAnyOrder(@ForAll long seed) throws Exception {
    Random random = new Random(seed);
    try (MiniJob job = MiniJob.ofDefaults(1)) {
      long processing = NOW;
      for (int i = 0; i < 400; i++) {
        String host = "h" + random.nextInt(3);
        byte[] line = REPORT.get(random.nextInt(REPORT.size()));
        job.read(record(host, i, TIMES[random.nextInt(TIMES.length)], line));
        assertTimers(job, 3);
        if (random.nextInt(20) == 0) {
          job.watermark(NOW + i * 1_000L);
        }
        if (random.nextInt(40) == 0) {
          processing += random.nextInt(60_000);
          job.processingTime(processing);
        }
      }
      job.end();
      assertThat(job.residue()).isZero();
      assertThat(job.metric(Metrics.LINES_BUFFERED)).isZero();
    }
  }

  /** Work is bounded by the lines, and by nothing that a time could say. */
  @Property(tries = 200)
  void stepsAreBoundedByLines(@ForAll long seed) {
    Random random = new Random(seed);
    AssembleSettings settings =
        new AssembleSettings(
            random.nextBoolean() ? 5_000 : random.nextInt(3),
            3_000,
            30_000,
            1_000,
            1 << 20,
            new SegmentLimits(random.nextBoolean() ? 60_000_000 : Long.MAX_VALUE, 100));
    Intake intake = Intake.EMPTY;
    List<AssemblyInput> lines = new ArrayList<>();
    int count = random.nextInt(60);
    for (int i = 0; i < count; i++) {
      long time = TIMES[random.nextInt(TIMES.length)];
      HostLine line =
          Lines.decode(
                  List.of(record("h", i, time, REPORT.get(random.nextInt(REPORT.size())))), "h")
              .get(0);
      TimedLine timed = HostLines.line(line);
      intake = intake.with(timed, settings);
      lines.add(timed);
    }
    AssemblySteps steps =
        new AssemblySteps(
            lines, settings, 0, BlockInfo.ClosedBy.GAP, intake.plan(), BootLedger.NONE);
    StepsResult conclusion = steps.until(StepsResult.ALL);
    assertThat(conclusion.left()).isEmpty();
    assertThat(conclusion.plan().next()).isEqualTo(StepPlan.NEVER);
    assertThat(steps.taken()).isLessThanOrEqualTo(2 * count + 1);
  }

  /** One timer of each kind for a host at most, and none that only the end of input would fire. */
  private static void assertTimers(MiniJob job, int hosts) {
    assertThat(job.assembler.numEventTimeTimers()).isLessThanOrEqualTo(hosts);
    assertThat(job.assembler.numProcessingTimeTimers()).isLessThanOrEqualTo(hosts);
  }

  private static List<String> hostsWithKill(MiniJob job) {
    return job.blocks().stream()
        .filter(b -> b.kind() == MemoryBlock.Kind.OOM)
        .filter(b -> b.lines().size() > 50)
        .map(LineBlock::lines)
        .map(lines -> lines.get(0).line().key())
        .toList();
  }

  private static void readAll(MiniJob job, String host, long time) throws Exception {
    for (int i = 0; i < REPORT.size(); i++) {
      job.read(record(host, i, time, REPORT.get(i)));
    }
  }

  private static RawRecord record(String host, int offset, long time, byte[] line) {
    return new RawRecord(
        "logs-of-" + host, 0, offset, time, host.getBytes(StandardCharsets.UTF_8), line, Map.of());
  }

  private static List<byte[]> report() {
    List<byte[]> lines = LabLogs.one("6.12.117+deb13-amd64", "03-memcg2-kube", "kmsg.log").lines();
    return lines.stream()
        .skip(lines.size() - 110)
        .filter(line -> !Lines.decode(Lines.records(List.of(line), "t", 0), "h").isEmpty())
        .toList();
  }
}

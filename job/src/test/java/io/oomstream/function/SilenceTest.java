package io.oomstream.function;

import static org.assertj.core.api.Assertions.assertThat;

import io.oomstream.assemble.AssembleSettings;
import io.oomstream.event.MemoryBlock;
import io.oomstream.event.section.BlockInfo.ClosedBy;
import io.oomstream.format.line.RawRecord;
import io.oomstream.kernel.Classifier;
import io.oomstream.kernel.LineRule;
import io.oomstream.kernel.Role;
import io.oomstream.lab.LabLogs;
import io.oomstream.lab.Lines;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A host that says no more, and clocks that are wrong: nobody waits, nothing is lost. */
class SilenceTest {

  private static final long NOW = 1_700_000_000_000L;
  private static final long DAY = 86_400_000;
  private static final AssembleSettings SETTINGS = AssembleSettings.defaults();
  private static final List<byte[]> LINES =
      LabLogs.one("6.12.117+deb13-amd64", "03-memcg2-kube", "kmsg.log").lines().stream()
          .filter(line -> !isOfBoot(line))
          .toList();

  /** What a boot said of memory stays when all is concluded: BootMemoryInJobTest. */
  private static boolean isOfBoot(byte[] record) {
    String text = new String(record, StandardCharsets.ISO_8859_1);
    LineRule rule = Classifier.classify(text.substring(text.indexOf(';') + 1));
    return rule != null && rule.role() == Role.BOOT;
  }

  @Test
  void aHostThatFallsSilentInMidReportWhileNothingMoves() throws Exception {
    try (MiniJob job = MiniJob.ofDefaults(1)) {
      job.processingTime(NOW);
      job.watermark(NOW);
      List<byte[]> torn = LINES.subList(0, reportLine() + 30);
      readAll(job, "a", NOW, torn);
      long limit = SilenceClock.OUTAGE * SETTINGS.stallMs();
      for (long passed = 1_000; passed < limit; passed += 1_000) {
        job.processingTime(NOW + passed);
      }
      assertThat(reports(job)).as("it may be the source that is silent").isZero();
      job.processingTime(NOW + limit);
      assertThat(reports(job)).isOne();
      assertThat(job.blocks().get(job.blocks().size() - 1).closedBy()).isEqualTo(ClosedBy.GAP);
      assertThat(job.assembler.residue()).isZero();
    }
  }

  @Test
  void aHostADayAheadIsConcludedByItsSilenceThoughEventTimeMoves() throws Exception {
    try (MiniJob job = MiniJob.ofDefaults(1)) {
      job.processingTime(NOW);
      job.watermark(NOW - 2_000);
      readAll(job, "ahead", NOW + DAY, LINES);
      long needed = concludedAfter(job, 1, 1_000);
      assertThat(needed).isBetween(SETTINGS.stallMs(), 2 * SETTINGS.stallMs());
      assertThat(kills(job)).isOne();
      assertThat(job.assembler.residue()).isZero();
    }
  }

  @Test
  void aHostADayBehindIsSettledByTheTimeItsLinesCome() throws Exception {
    try (MiniJob job = MiniJob.ofDefaults(1)) {
      job.processingTime(NOW);
      job.watermark(NOW - 2_000);
      readAll(job, "behind", NOW - DAY, LINES);
      assertThat(concludedAfter(job, 1, 1_000)).isLessThanOrEqualTo(2 * SETTINGS.settlingMs());
      assertThat(kills(job)).isOne();
      assertThat(job.deadLetters()).isEmpty();
      assertThat(job.assembler.residue()).isZero();
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {-DAY, DAY})
  void hostsWithRightClocksDoNotWaitForAWrongOne(long wrong) throws Exception {
    try (MiniJob job = MiniJob.ofDefaults(1)) {
      job.processingTime(NOW);
      job.watermark(NOW - 2_000);
      readAll(job, "wrong", NOW + wrong, LINES);
      readAll(job, "right", NOW, LINES);
      long needed = 0;
      while (!killed(job, "right")) {
        needed += 100;
        step(job, needed, needed);
      }
      assertThat(needed)
          .isLessThanOrEqualTo(SETTINGS.settlingMs() + SETTINGS.stragglerMs() + 3_000);
    }
  }

  @Test
  void whereEventTimeIsHeldADayBehindTheStallTimerConcludes() throws Exception {
    try (MiniJob job = MiniJob.ofDefaults(1)) {
      job.processingTime(NOW);
      job.watermark(NOW - DAY);
      readAll(job, "right", NOW, LINES);
      long needed = 0;
      while (!killed(job, "right")) {
        needed += 1_000;
        job.processingTime(NOW + needed);
        job.watermark(NOW - DAY + needed);
      }
      assertThat(needed).isBetween(SETTINGS.stallMs(), 2 * SETTINGS.stallMs());
    }
  }

  /** The first watermark comes behind the first line; and so does one after a pause. */
  @Test
  void anAdvanceOfEventTimeThatIsOverDoesNotHoldUpTheSilent() throws Exception {
    for (long before : new long[] {Long.MIN_VALUE, NOW - DAY, NOW - 20_000}) {
      try (MiniJob job = MiniJob.ofDefaults(1)) {
        job.processingTime(NOW);
        if (before != Long.MIN_VALUE) {
          job.watermark(before);
        }
        readAll(job, "a", NOW, LINES);
        job.watermark(NOW - 2_000);
        long needed = 0;
        while (!killed(job, "a") && needed < 60 * SETTINGS.stallMs()) {
          needed += 1_000;
          job.processingTime(NOW + needed);
        }
        assertThat(needed).as("watermark " + before).isLessThan(6 * SETTINGS.stallMs());
      }
    }
  }

  @Test
  void whileABacklogIsReadEventTimeAloneDecides() throws Exception {
    try (MiniJob job = MiniJob.ofDefaults(1)) {
      job.processingTime(NOW);
      job.watermark(NOW - 30 * DAY);
      readAll(job, "a", NOW - 20 * DAY, LINES.subList(0, reportLine() + 30));
      for (int second = 1; second <= 1_200; second++) {
        job.watermark(NOW - 30 * DAY + second * 60_000L);
        job.processingTime(NOW + second * 1_000L);
      }
      assertThat(reports(job)).as("its second half is still to come").isZero();
      readAll(job, "a", NOW - 20 * DAY + 1_000, LINES.subList(reportLine() + 30, LINES.size()));
      job.watermark(NOW - 19 * DAY);
      assertThat(reports(job)).isOne();
      assertThat(kills(job)).isOne();
    }
  }

  /** It was near when event time still moved, and would be for ever. */
  @Test
  void whereEventTimeStandsNothingWaitsForIt() throws Exception {
    try (MiniJob job = MiniJob.ofDefaults(1)) {
      job.processingTime(NOW);
      job.watermark(NOW - DAY);
      readAll(job, "ahead", NOW, LINES);
      job.watermark(NOW - DAY / 2);
      long passed = 0;
      while (!killed(job, "ahead")) {
        passed += 1_000;
        assertThat(passed).isLessThan((SilenceClock.OUTAGE + 2) * SETTINGS.stallMs());
        job.processingTime(NOW + passed);
      }
      assertThat(job.assembler.residue()).isZero();
    }
  }

  /** Each look reads state. */
  @Test
  void whatWaitsForEventTimeIsLookedAtSeldom() throws Exception {
    CountedFunction.Firings firings = new CountedFunction.Firings(Long.MAX_VALUE);
    try (MiniJob job = MiniJob.counted(1, firings, null)) {
      job.processingTime(NOW);
      job.watermark(NOW - 30 * DAY);
      readAll(job, "a", NOW - 20 * DAY, LINES.subList(0, reportLine() + 30));
      int seconds = 900;
      for (int tick = 1; tick <= seconds * 20; tick++) {
        job.watermark(NOW - 30 * DAY + tick * 3_000L);
        job.processingTime(NOW + tick * 50L);
      }
      assertThat(reports(job)).isZero();
      assertThat(firings.count()).isBetween(10L, 3 * seconds * 1_000 / SETTINGS.stallMs() + 10);
    }
  }

  @Test
  void twoMachinesWithoutNamesAreNotMixed() throws Exception {
    try (MiniJob job = MiniJob.ofDefaults(1)) {
      int number = 0;
      for (byte[] line : LINES) {
        for (int partition = 0; partition < 2; partition++) {
          job.read(new RawRecord("t", partition, number, NOW, null, line, Map.of()));
        }
        number++;
      }
      job.end();
      assertThat(kills(job)).isEqualTo(2);
      assertThat(job.events().values()).noneMatch(event -> event.contains("\"host\":{\"name\""));
    }
  }

  /** How long, with both clocks going as in life, until that many reports are out. */
  private static long concludedAfter(MiniJob job, int reports, long stepMs) throws Exception {
    long passed = 0;
    while (reports(job) < reports) {
      passed += stepMs;
      assertThat(passed).isLessThan(600_000);
      step(job, passed, passed);
    }
    return passed;
  }

  private static void step(MiniJob job, long processing, long event) throws Exception {
    job.processingTime(NOW + processing);
    job.watermark(NOW - 2_000 + event);
  }

  private static void readAll(MiniJob job, String host, long timestamp, List<byte[]> lines)
      throws Exception {
    for (RawRecord record : Lines.records(lines, "logs-of-" + host, timestamp)) {
      job.read(
          new RawRecord(
              record.topic(),
              0,
              record.offset(),
              timestamp,
              host.getBytes(StandardCharsets.UTF_8),
              record.value(),
              Map.of()));
    }
  }

  private static boolean killed(MiniJob job, String host) {
    return job.blocks().stream()
        .anyMatch(
            block ->
                block.kind() == MemoryBlock.Kind.OOM
                    && block.lines().get(0).line().key().equals(host));
  }

  private static long kills(MiniJob job) {
    return job.validEvents().keySet().stream().filter(id -> id.startsWith("KILL")).count();
  }

  private static long reports(MiniJob job) {
    return job.blocks().stream().filter(block -> block.kind() == MemoryBlock.Kind.OOM).count();
  }

  private static int reportLine() {
    for (int i = 0; i < LINES.size(); i++) {
      if (new String(LINES.get(i), StandardCharsets.ISO_8859_1).contains("invoked oom-killer")) {
        return i;
      }
    }
    throw new AssertionError();
  }
}

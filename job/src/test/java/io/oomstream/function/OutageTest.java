package io.oomstream.function;

import static org.assertj.core.api.Assertions.assertThat;

import io.oomstream.assemble.AssembleSettings;
import io.oomstream.event.MemoryBlock;
import io.oomstream.format.line.RawRecord;
import io.oomstream.lab.LabLogs;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The silence of the source is no silence of a host. */
class OutageTest {

  private static final long NOW = 1_700_000_000_000L;
  private static final AssembleSettings SETTINGS = AssembleSettings.defaults();
  private static final long STALL = SETTINGS.stallMs();
  private static final List<byte[]> LINES = lines();
  private static final int KILL = indexOf("Killed process");
  private static final int HEAD = indexOf("invoked oom-killer");

  @ParameterizedTest
  @ValueSource(longs = {40_000, 60_000, 600_000})
  void anOutageInMidReportChangesNothing(long outage) throws Exception {
    Map<String, String> undisturbed = undisturbed();
    for (int cut = HEAD + 1; cut <= KILL; cut += 3) {
      try (MiniJob job = MiniJob.ofDefaults(1)) {
        begin(job);
        read(job, 0, cut);
        job.watermark(NOW - 1_900);
        clock(job, NOW, outage, 1_000);
        read(job, cut, LINES.size());
        job.watermark(NOW + outage + 20_000);
        clock(job, NOW + outage, 20_000, 1_000);
        assertThat(job.validEvents()).as("cut at %s", cut).isEqualTo(undisturbed);
        assertThat(job.assembler.residue()).isZero();
      }
    }
  }

  /** The backlog brings other hosts' lines first, and many of them. */
  @Test
  void theBacklogOfAnOutageIsNoSignOfTheHostsSilence() throws Exception {
    int cut = HEAD + 40;
    try (MiniJob job = MiniJob.ofDefaults(1)) {
      begin(job);
      read(job, 0, cut);
      clock(job, NOW, 300_000, 1_000);
      for (int i = 0; i < 50; i++) {
        job.processingTime(NOW + 300_000 + i * 100L);
        other(job, i);
      }
      read(job, cut, LINES.size());
      job.end();
      assertOneWholeReport(job);
    }
  }

  /** The same with the task restored in the middle of it, and with the task stopped. */
  @Test
  void aRestoreOrAPauseOfTheTaskIsNoSilenceEither() throws Exception {
    int cut = HEAD + 40;
    MiniJob.Checkpoint checkpoint;
    try (MiniJob job = MiniJob.ofDefaults(1)) {
      begin(job);
      read(job, 0, cut);
      clock(job, NOW, 300_000, 1_000);
      checkpoint = job.checkpoint();
    }
    try (MiniJob job = new MiniJob(1, SETTINGS, false, checkpoint)) {
      long later = NOW + 40 * STALL;
      job.processingTime(later);
      clock(job, later, 300_000, 1_000);
      job.processingTime(later + 100 * STALL); // as after SIGSTOP: one look, long overdue
      assertThat(reports(job)).isZero();
      read(job, cut, LINES.size());
      job.end();
      assertOneWholeReport(job);
    }
  }

  @Test
  void aHostThatIsSilentWhileOthersGoOnIsConcludedAfterTheStallTime() throws Exception {
    assertThat(silenceUntilConcluded(HEAD + 40, false, true)).isEqualTo(STALL);
  }

  @Test
  void eventTimeThatAdvancesIsASignOfLife() throws Exception {
    // Event time goes on, but so slowly that it will not conclude the host itself.
    long passed = silenceUntilConcluded(HEAD + 40, true, false);
    assertThat(passed).isBetween(STALL, 2 * STALL);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void totalSilenceConcludesWhatIsFinishedBeforeWhatIsTorn(boolean finished) throws Exception {
    int end = finished ? LINES.size() : HEAD + 40;
    long limit = STALL * (finished ? SilenceClock.QUIET : SilenceClock.OUTAGE);
    assertThat(silenceUntilConcluded(end, false, false)).isEqualTo(limit);
  }

  /**
   * How long the host is silent until it is concluded.
   *
   * @param creeps whether event time goes on, far too slowly
   * @param others whether another host goes on
   */
  private static long silenceUntilConcluded(int end, boolean creeps, boolean others)
      throws Exception {
    try (MiniJob job = MiniJob.ofDefaults(1)) {
      begin(job);
      read(job, 0, end);
      long before = reports(job);
      long passed = 0;
      while (reports(job) == before) {
        passed += 1_000;
        assertThat(passed).isLessThan(100 * STALL);
        if (others) {
          other(job, (int) (passed / 1_000));
        }
        if (creeps) {
          job.watermark(NOW - 2_000 + passed / 1_000);
        }
        job.processingTime(NOW + passed);
        assertThat(job.assembler.numProcessingTimeTimers()).isLessThanOrEqualTo(2);
      }
      assertThat(job.metric(Metrics.HOSTS_STALLED)).isOne();
      job.end();
      assertThat(job.assembler.residue()).isZero();
      return passed;
    }
  }

  private static void begin(MiniJob job) throws Exception {
    job.processingTime(NOW);
    job.watermark(NOW - 2_000);
  }

  private static void clock(MiniJob job, long from, long duration, long step) throws Exception {
    for (long passed = step; passed <= duration; passed += step) {
      job.processingTime(from + passed);
    }
  }

  private static void read(MiniJob job, int from, int to) throws Exception {
    for (int i = from; i < to; i++) {
      job.read(record("silent", i, LINES.get(i)));
    }
  }

  private static void other(MiniJob job, int number) throws Exception {
    String line = "6," + number + "," + number + ",-;x invoked oom-killer: gfp_mask=0xcc0, order=0";
    job.read(record("other", number, line.getBytes(StandardCharsets.ISO_8859_1)));
  }

  private static RawRecord record(String host, int offset, byte[] line) {
    return new RawRecord(
        "t", 0, offset, NOW, host.getBytes(StandardCharsets.UTF_8), line, Map.of());
  }

  private static Map<String, String> undisturbed() throws Exception {
    try (MiniJob job = MiniJob.ofDefaults(1)) {
      begin(job);
      read(job, 0, LINES.size());
      job.watermark(NOW + 20_000);
      assertThat(reports(job)).isOne();
      return job.validEvents();
    }
  }

  private static void assertOneWholeReport(MiniJob job) throws Exception {
    Map<String, String> expected = undisturbed();
    Map<String, String> events = job.validEvents();
    assertThat(events).containsAllEntriesOf(expected);
    assertThat(reports(job)).isOne();
    assertThat(job.assembler.residue()).isZero();
  }

  private static long reports(MiniJob job) {
    return job.blocks().stream()
        .filter(b -> b.kind() == MemoryBlock.Kind.OOM)
        .filter(b -> b.lines().get(0).line().key().equals("silent"))
        .count();
  }

  private static List<byte[]> lines() {
    List<byte[]> all = LabLogs.one("6.12.117+deb13-amd64", "03-memcg2-kube", "kmsg.log").lines();
    return new ArrayList<>(all.subList(all.size() - 120, all.size()));
  }

  private static int indexOf(String text) {
    for (int i = 0; i < LINES.size(); i++) {
      if (new String(LINES.get(i), StandardCharsets.ISO_8859_1).contains(text)) {
        return i;
      }
    }
    throw new AssertionError(text);
  }
}

package io.oomstream.function;

import static org.assertj.core.api.Assertions.assertThat;

import io.oomstream.assemble.AssembleSettings;
import io.oomstream.assemble.HostLine;
import io.oomstream.assemble.segment.ClassifiedLine;
import io.oomstream.assemble.segment.LineBlock;
import io.oomstream.assemble.segment.LineOrigin;
import io.oomstream.assemble.segment.SegmentLimits;
import io.oomstream.event.DeadLetter;
import io.oomstream.event.OutgoingEvent;
import io.oomstream.format.EnvelopeDecoder;
import io.oomstream.format.line.Envelope;
import io.oomstream.format.line.RawRecord;
import io.oomstream.function.Deliveries.Delivery;
import io.oomstream.lab.LabLogs;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Every record and every line read is in exactly one of the counts, whatever comes, and each count
 * is what the test itself has counted of what went in and came out.
 */
class ConservationTest {

  private static final int DECODERS = 2;
  private static final List<LabLogs.LabLog> LOGS =
      List.of(
          LabLogs.one("6.12.117+deb13-amd64", "03-memcg2-kube", "kmsg.log"),
          LabLogs.one("6.1.0-50-amd64", "19-spoof", "kmsg.log"),
          LabLogs.one("6.1.0-50-amd64", "20-storm", "kmsg.log"));
  private static final List<String> ENDS =
      List.of(
          Metrics.LINES_EMITTED,
          Metrics.LINES_FORGED,
          Metrics.LINES_DUPLICATE,
          Metrics.LINES_LATE,
          Metrics.LINES_ORPHANED,
          Metrics.LINES_UNCLAIMED,
          Metrics.LINES_OVER_LIMIT,
          Metrics.LINES_BUFFERED);

  private static final String KILL =
      "3,%d,%d,-;Out of memory: Killed process %d (x) total-vm:1kB, anon-rss:1kB, file-rss:0kB,"
          + " shmem-rss:0kB";

  /** A job, and what the test has counted beside it. */
  private static final class Counted implements AutoCloseable {
    private final MiniJob job;
    private final List<EnvelopeDecoder> decoders = new ArrayList<>();
    private final long brought;
    private long records;
    private long lines;
    private long failures;
    private long kept;

    Counted(MiniJob job) throws Exception {
      this.job = job;
      brought = job.metric(Metrics.LINES_BUFFERED);
      for (int i = 0; i < DECODERS; i++) {
        decoders.add(new EnvelopeDecoder(Envelope.AUTO, 65_536));
      }
    }

    void read(RawRecord record) throws Exception {
      records++;
      if (decoders.get(record.partition() % DECODERS).decode(record, line -> lines++) != null) {
        failures++;
      }
      List<HostLine> sent = job.decode(record);
      kept += sent.stream().filter(line -> !line.isNote()).count();
      job.assemble(sent, record.timestamp());
    }

    long letters(DeadLetter.Reason reason) {
      return job.deadLetters().stream().filter(letter -> letter.reason() == reason).count();
    }

    private static boolean isForged(LineBlock block) {
      ClassifiedLine first = block.lines().get(0);
      return LineOrigin.isForged(first.line(), first.rule());
    }

    private void assertCount(String metric, long expected) throws Exception {
      assertThat(job.metric(metric)).as(metric).isEqualTo(expected);
    }

    void assertAddsUp() throws Exception {
      assertCount(Metrics.RECORDS_READ, records);
      assertCount(Metrics.RECORDS_UNDECODABLE, failures);
      assertThat(letters(DeadLetter.Reason.UNDECODABLE) + letters(DeadLetter.Reason.LINE_TOO_LONG))
          .isEqualTo(failures);
      assertCount(Metrics.LINES_READ, lines);
      assertCount(Metrics.LINES_KEPT, kept);
      assertCount(Metrics.LINES_UNPROVEN, letters(DeadLetter.Reason.UNPROVEN));
      assertCount(Metrics.LINES_DROPPED, lines - kept - letters(DeadLetter.Reason.UNPROVEN));

      long ends = 0;
      for (String end : ENDS) {
        ends += job.metric(end);
      }
      assertThat(ends).as("ends of the lines kept").isEqualTo(kept + brought);
      assertCount(Metrics.LINES_LATE, letters(DeadLetter.Reason.LATE));
      assertCount(Metrics.LINES_ORPHANED, letters(DeadLetter.Reason.ORPHANED));
      List<LineBlock> forged = job.blocks().stream().filter(Counted::isForged).toList();
      assertCount(Metrics.LINES_FORGED, forged.size());
      assertCount(
          Metrics.LINES_EMITTED,
          job.blocks().stream()
              .filter(block -> !isForged(block))
              .mapToLong(block -> block.lines().size())
              .sum());

      assertCount(Metrics.KILLS, sent(OutgoingEvent.Type.KILL));
      assertCount(Metrics.BLOCKS, sent(OutgoingEvent.Type.BLOCK));
      assertThat(
              job.metric(Metrics.SIGNALS)
                  - job.metric(Metrics.FAILURES_GROUPED)
                  + job.metric(Metrics.INCIDENT_SIGNALS)
                  + job.metric(Metrics.FLEET_SIGNALS)
                  + job.metric(Metrics.TREND_SIGNALS)
                  - job.metric(Metrics.SIGNALS_MUTED))
          .as("signals")
          .isEqualTo(sent(OutgoingEvent.Type.SIGNAL));
    }

    private long sent(OutgoingEvent.Type type) {
      return job.sent().stream().filter(event -> event.type() == type).count();
    }

    @Override
    public void close() throws Exception {
      job.close();
    }
  }

  @Test
  void theCountsAddUpUnderGarbageLatenessLimitsAndFailure() throws Exception {
    // A fifth comes far too late, some twice, and the limits bite.
    AssembleSettings tight =
        new AssembleSettings(
            5_000, 3_000, 30_000, 700, 1L << 20, new SegmentLimits(60_000_000, 90));
    List<Delivery> all = Deliveries.inOrder(LOGS, 4).disturbed(3, 200_000, 0.1).all();
    int half = all.size() / 2;
    MiniJob.Checkpoint checkpoint;
    try (Counted counted = new Counted(new MiniJob(DECODERS, tight, false))) {
      read(counted, all.subList(0, half));
      counted.assertAddsUp();
      assertThat(counted.job.metric(Metrics.LINES_BUFFERED)).isPositive();
      checkpoint = counted.job.checkpoint();
      read(counted, all.subList(half, half + 300));
      counted.assertAddsUp();
    }
    try (Counted restored = new Counted(new MiniJob(DECODERS, tight, false, checkpoint))) {
      assertThat(restored.brought).isPositive();
      read(restored, all.subList(half, all.size()));
      restored.assertAddsUp();
      restored.job.end();
      for (String end : ENDS) {
        boolean isLeft = end.equals(Metrics.LINES_BUFFERED);
        if (!end.equals(Metrics.LINES_ORPHANED)) {
          assertThat(restored.job.metric(end) > 0).as(end).isNotEqualTo(isLeft);
        }
      }
      assertThat(restored.failures).isPositive();
      assertThat(restored.job.residue()).isZero();
    }
  }

  @Test
  void refusedForWantOfProofIsACountOfItsOwn() throws Exception {
    String line =
        "{\"priority\":3,\"sequence\":9,\"sec\":1,\"usec\":2,\"msg\":\"Out of memory: Killed process"
            + " 7 (x) total-vm:1kB, anon-rss:1kB, file-rss:0kB, shmem-rss:0kB\",\"host\":\"a\"}";
    RawRecord record = record(0, 0, line);
    try (Counted counted = new Counted(new MiniJob(DECODERS, AssembleSettings.defaults(), true))) {
      counted.read(record);
      counted.job.end();
      assertThat(counted.job.metric(Metrics.LINES_UNPROVEN)).isOne();
      counted.assertAddsUp();
      assertThat(counted.job.blocks()).isEmpty();
      assertThat(counted.job.deadLetters()).hasSize(1);
      assertThat(counted.job.deadLetters().get(0).value()).isEqualTo(record.value());
    }
  }

  /** So that no count can stand in for another. */
  @Test
  void eachEndIsCountedAsWhatItIs() throws Exception {
    try (Counted counted = new Counted(new MiniJob(DECODERS, AssembleSettings.defaults(), false))) {
      long now = Deliveries.START;
      // Three kills, one of them delivered three times.
      for (int i = 0; i < 5; i++) {
        int number = Math.min(i, 2);
        counted.read(record(i, now, KILL.formatted(number, number * 1_000_000L, number)));
      }
      // The reaper's line of a kill that nobody has seen, and a dump of memory on its own.
      counted.read(
          record(
              10,
              now,
              "6,900,900000000,-;oom_reaper: reaped process 77 (x), now anon-rss:0kB,"
                  + " file-rss:0kB, shmem-rss:0kB"));
      counted.read(record(11, now, "6,950,950000000,-;Mem-Info:"));
      // What user space wrote.
      counted.read(record(12, now, "11,960,960000000,-;Out of memory: Killed process 9 (x)"));
      counted.read(record(13, now, "6,970,970000000,-;A sentence that no rule knows"));
      assertThat(counted.job.metric(Metrics.LINES_BUFFERED)).isEqualTo(9);
      counted.assertAddsUp();
      counted.job.watermark(now + 600_000);
      assertThat(counted.job.metric(Metrics.LINES_EMITTED)).isEqualTo(4);
      assertThat(counted.job.metric(Metrics.LINES_DUPLICATE)).isEqualTo(2);
      assertThat(counted.job.metric(Metrics.LINES_FORGED)).isEqualTo(1);
      assertThat(counted.job.metric(Metrics.LINES_ORPHANED)).isOne();
      assertThat(counted.job.metric(Metrics.LINES_UNCLAIMED)).isOne();
      assertThat(counted.job.metric(Metrics.LINES_BEHIND)).isZero();
      counted.assertAddsUp();
      // Its block was concluded long ago.
      counted.read(
          record(
              20,
              now,
              "6,3,2100000,-;oom_reaper: reaped process 2 (x), now anon-rss:0kB,"
                  + " file-rss:0kB, shmem-rss:0kB"));
      assertThat(counted.job.metric(Metrics.LINES_BEHIND)).isOne();
      counted.job.end();
      assertThat(counted.job.metric(Metrics.LINES_LATE)).isOne();
      assertThat(counted.job.metric(Metrics.LINES_OVER_LIMIT)).isZero();
      counted.assertAddsUp();
    }
  }

  /** What a block has no room for has been read all the same. */
  @Test
  void theMiddleOfATooLongBlockIsOverTheLimit() throws Exception {
    AssembleSettings settings =
        new AssembleSettings(
            5_000, 3_000, 30_000, 1_000, 1L << 20, new SegmentLimits(60_000_000, 10));
    int rows = 30;
    try (Counted counted = new Counted(new MiniJob(DECODERS, settings, false))) {
      long now = Deliveries.START;
      counted.read(record(0, now, "4,0,0,-;x invoked oom-killer: gfp_mask=0xcc0, order=0"));
      for (int i = 1; i <= rows; i++) {
        counted.read(
            record(
                i, now, "6," + i + "," + i + ",-;[  " + (100 + i) + "]     0  1 2 3 4 5 0 bash"));
      }
      counted.read(record(40, now, "3,40,40,-;Out of memory: Killed process 101 (bash)"));
      counted.job.end();
      assertThat(counted.job.blocks()).hasSize(1);
      int left = counted.job.blocks().get(0).lines().size();
      assertThat(left).isLessThan(rows);
      assertThat(counted.job.metric(Metrics.LINES_OVER_LIMIT)).isEqualTo(rows + 2 - left);
      counted.assertAddsUp();
    }
  }

  @Test
  void whatIsGroupedIsCountedAsThat() throws Exception {
    try (Counted counted = new Counted(new MiniJob(DECODERS, AssembleSettings.defaults(), false))) {
      for (int i = 0; i < 12; i++) {
        long at = Deliveries.START + i * 5_000L;
        String failure = "4,%d,%d,-;java: page allocation failure: order:4, mode:0x40cc0";
        counted.read(record(i, at, (i % 2 == 0 ? KILL : failure).formatted(i, i * 5_000_000L, i)));
        counted.job.watermark(at - 2_000);
      }
      counted.job.end();
      assertThat(counted.job.metric(Metrics.FAILURES_GROUPED)).isPositive();
      assertThat(counted.job.metric(Metrics.INCIDENT_SIGNALS)).isPositive();
      counted.assertAddsUp();
    }
  }

  private static RawRecord record(int offset, long time, String line) {
    return new RawRecord(
        "t",
        0,
        offset,
        time,
        "h".getBytes(StandardCharsets.UTF_8),
        line.getBytes(StandardCharsets.UTF_8),
        Map.of());
  }

  private static void read(Counted counted, List<Delivery> deliveries) throws Exception {
    Random random = new Random(5);
    long newest = Long.MIN_VALUE;
    long offset = 900_000;
    for (Delivery delivery : deliveries) {
      counted.read(delivery.record());
      newest = Math.max(newest, delivery.record().timestamp());
      if (random.nextInt(30) == 0) {
        byte[] garbage = new byte[random.nextInt(40)];
        random.nextBytes(garbage);
        // Text that is no kernel's, and what can be no text.
        boolean isTorn = random.nextInt(3) == 0;
        counted.read(
            new RawRecord(
                "kernel.logs",
                random.nextInt(4),
                offset++,
                newest,
                null,
                isTorn ? "{\"torn\":".getBytes(StandardCharsets.UTF_8) : garbage,
                Map.of()));
        counted.job.watermark(newest - 2_000);
      }
    }
  }
}

package io.oomstream.function;

import static org.assertj.core.api.Assertions.assertThat;

import io.oomstream.assemble.AssembleSettings;
import io.oomstream.assemble.segment.SegmentLimits;
import io.oomstream.format.line.RawRecord;
import io.oomstream.function.Deliveries.Delivery;
import io.oomstream.lab.LabLogs;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.junit.jupiter.api.Test;

/** Every record and every line read is in exactly one of the counts, whatever comes. */
class ConservationTest {

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

  @Test
  void theCountsAddUpUnderGarbageLatenessLimitsAndFailure() throws Exception {
    // A fifth comes far too late, some twice, and the limits bite.
    AssembleSettings tight =
        new AssembleSettings(
            5_000, 3_000, 30_000, 700, 1L << 20, new SegmentLimits(60_000_000, 90));
    List<Delivery> all = Deliveries.inOrder(LOGS, 4).disturbed(3, 200_000, 0.1).all();
    int half = all.size() / 2;
    OperatorSubtaskState checkpoint;
    try (MiniJob job = new MiniJob(2, tight, false)) {
      read(job, all.subList(0, half));
      assertAddsUp(job, 0);
      assertThat(job.metric(Metrics.LINES_BUFFERED)).isPositive();
      checkpoint = job.assembler.snapshot(1, 1);
      read(job, all.subList(half, half + 300));
      assertAddsUp(job, 0);
    }
    try (MiniJob restored = new MiniJob(2, tight, false, checkpoint)) {
      long brought = restored.metric(Metrics.LINES_BUFFERED);
      assertThat(brought).isPositive();
      read(restored, all.subList(half, all.size()));
      assertAddsUp(restored, brought);
      restored.end();
      assertAddsUp(restored, brought);
      assertThat(restored.metric(Metrics.LINES_BUFFERED)).isZero();
      for (String end : ENDS) {
        if (!end.equals(Metrics.LINES_BUFFERED) && !end.equals(Metrics.LINES_ORPHANED)) {
          assertThat(restored.metric(end)).as(end).isPositive();
        }
      }
      assertThat(restored.residue()).isZero();
    }
  }

  @Test
  void refusedForWantOfProofIsACountOfItsOwn() throws Exception {
    String line =
        "{\"priority\":3,\"sequence\":9,\"sec\":1,\"usec\":2,\"msg\":\"Out of memory: Killed process"
            + " 7 (x) total-vm:1kB, anon-rss:1kB, file-rss:0kB, shmem-rss:0kB\",\"host\":\"a\"}";
    RawRecord record =
        new RawRecord("t", 0, 0, 0, null, line.getBytes(StandardCharsets.UTF_8), Map.of());
    try (MiniJob job = new MiniJob(1, AssembleSettings.defaults(), true)) {
      job.read(record);
      job.end();
      assertThat(job.metric(Metrics.LINES_UNPROVEN)).isOne();
      assertAddsUp(job, 0);
      assertThat(job.blocks()).isEmpty();
      assertThat(job.deadLetters()).hasSize(1);
      assertThat(job.deadLetters().get(0).value()).isEqualTo(record.value());
    }
  }

  private static void read(MiniJob job, List<Delivery> deliveries) throws Exception {
    Random random = new Random(5);
    long newest = Long.MIN_VALUE;
    long offset = 900_000;
    for (Delivery delivery : deliveries) {
      job.read(delivery.record());
      newest = Math.max(newest, delivery.record().timestamp());
      if (random.nextInt(30) == 0) {
        byte[] garbage = new byte[random.nextInt(40)];
        random.nextBytes(garbage);
        job.read(
            new RawRecord(
                "kernel.logs", random.nextInt(4), offset++, newest, null, garbage, Map.of()));
        job.watermark(newest - 2_000);
      }
    }
  }

  private static void assertAddsUp(MiniJob job, long brought) throws Exception {
    assertThat(
            job.metric(Metrics.LINES_DROPPED)
                + job.metric(Metrics.LINES_KEPT)
                + job.metric(Metrics.LINES_UNPROVEN))
        .isEqualTo(job.metric(Metrics.LINES_READ));
    assertThat(job.metric(Metrics.LINES_READ) + job.metric(Metrics.RECORDS_UNDECODABLE))
        .isGreaterThanOrEqualTo(job.metric(Metrics.RECORDS_READ) / 2);
    long ends = 0;
    for (String end : ENDS) {
      ends += job.metric(end);
    }
    assertThat(ends).isEqualTo(job.metric(Metrics.LINES_KEPT) + brought);
  }
}

package io.oomstream.function;

import static org.assertj.core.api.Assertions.assertThat;

import io.oomstream.assemble.AssembleSettings;
import io.oomstream.assemble.segment.LineBlock;
import io.oomstream.assemble.segment.SegmentLimits;
import io.oomstream.event.DeadLetter;
import io.oomstream.event.EventJson;
import io.oomstream.event.MemoryBlock;
import io.oomstream.event.section.BlockInfo.ClosedBy;
import io.oomstream.format.line.RawRecord;
import io.oomstream.lab.LabLogs;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.junit.jupiter.api.Test;

/** Whatever one host sends, it costs no more than the limits say, and its events tell. */
class BoundsTest {

  private static final long NOW = 1_700_000_000_000L;
  private static final int MAX_LINES = 5_000;
  private static final int MAX_BLOCK = 1_000;
  private static final AssembleSettings SETTINGS =
      new AssembleSettings(
          5_000, 3_000, 30_000, MAX_LINES, 32L << 20, new SegmentLimits(60_000_000, MAX_BLOCK));

  /** One line of a report's task table for each 10 µs of the kernel's time, and no end. */
  @Test
  void aReportThatNeverEnds() throws Exception {
    int flood = 40_000;
    try (MiniJob job = new MiniJob(1, SETTINGS, false)) {
      job.read(record("flood", 0, NOW, "x invoked oom-killer: gfp_mask=0xcc0, order=0"));
      int most = 0;
      for (int i = 1; i < flood; i++) {
        long at = NOW + i / 100;
        job.read(record("flood", i, at, "[  " + (1000 + i) + "]     0  1 2 3 4 5 0 bash"));
        if (i % 1000 == 0) {
          job.watermark(at - 2_000);
          most = Math.max(most, (int) job.metric(Metrics.LINES_BUFFERED));
        }
      }
      assertThat(most).isLessThanOrEqualTo(MAX_LINES);
      job.watermark(NOW + 200_000);
      List<LineBlock> reports =
          job.blocks().stream().filter(b -> b.kind() == MemoryBlock.Kind.OOM).toList();
      assertThat(reports).hasSize(1);
      assertThat(reports.get(0).lines()).hasSizeLessThanOrEqualTo(MAX_BLOCK);
      assertThat(reports.get(0).closedBy()).isEqualTo(ClosedBy.LIMIT);
      assertThat(reports.get(0).droppedLines()).isEqualTo(flood - reports.get(0).lines().size());
      String block = only(job, "BLOCK");
      assertThat(
              EventJson.parse(block.getBytes(StandardCharsets.UTF_8))
                  .at("/block/complete")
                  .asBoolean(true))
          .isFalse();
      assertThat(job.metric(Metrics.LINES_OVER_LIMIT))
          .isEqualTo(flood - reports.get(0).lines().size());
      assertThat(job.assembler.residue()).isZero();
    }
  }

  @Test
  void aFloodOfUnknownLinesLeavesTheReportsTheirRoom() throws Exception {
    int flood = 3 * MAX_LINES;
    try (MiniJob job = new MiniJob(1, SETTINGS, false)) {
      for (int i = 0; i < flood; i++) {
        job.read(record("flood", i, NOW, "A sentence that no rule knows, number " + i));
      }
      assertThat(job.metric(Metrics.LINES_BUFFERED)).isEqualTo(MAX_LINES / 2);
      job.read(record("flood", flood, NOW, "x invoked oom-killer: gfp_mask=0xcc0, order=0"));
      int rows = 900;
      for (int i = 1; i <= rows; i++) {
        job.read(record("flood", flood + i, NOW, "[  " + (1000 + i) + "]     0  1 2 3 4 5 0 bash"));
      }
      job.read(record("flood", flood + rows + 1, NOW, "Out of memory: Killed process 1001 (bash)"));
      job.watermark(NOW + 200_000);
      List<LineBlock> reports =
          job.blocks().stream().filter(b -> b.kind() == MemoryBlock.Kind.OOM).toList();
      assertThat(reports).hasSize(1);
      assertThat(reports.get(0).lines()).hasSize(rows + 2);
      assertThat(reports.get(0).droppedLines()).isZero();
      assertThat(job.metric(Metrics.LINES_OVER_LIMIT)).isEqualTo(flood - MAX_LINES / 2);
      assertThat(job.metric(Metrics.LINES_UNCLAIMED)).isEqualTo(MAX_LINES / 2);
      assertThat(job.assembler.residue()).isZero();
    }
  }

  @Test
  void linesOfTenMegabytesAreNotKept() throws Exception {
    byte[] text = new byte[10 << 20];
    Arrays.fill(text, (byte) 'x');
    byte[] head = "3,7,900,-;Out of memory: Killed process 1 (".getBytes(StandardCharsets.UTF_8);
    System.arraycopy(head, 0, text, 0, head.length);
    try (MiniJob job = MiniJob.ofDefaults(1)) {
      for (int i = 0; i < 5; i++) {
        job.read(new RawRecord("t", 0, i, NOW, null, text, Map.of()));
      }
      assertThat(job.assembler.numKeyedStateEntries()).isZero();
      assertThat(job.deadLetters())
          .hasSize(5)
          .allMatch(letter -> letter.reason() == DeadLetter.Reason.LINE_TOO_LONG);
    }
  }

  /** Every line would else hold the whole record. */
  @Test
  void aRecordOfManyLinesIsNotKeptManyTimes() throws Exception {
    LabLogs.LabLog log = LabLogs.one("6.12.117+deb13-amd64", "03-memcg2-kube", "kmsg.log");
    try (MiniJob job = MiniJob.ofDefaults(1)) {
      job.read(new RawRecord("t", 0, 0, NOW, null, log.bytes(), Map.of()));
      byte[] state = bytes(job);
      assertThat(state.length).isLessThan(4 * log.bytes().length);
      job.end();
      assertThat(job.validEvents().keySet()).anyMatch(id -> id.startsWith("KILL"));
      assertThat(job.metric(Metrics.LINES_OVER_LIMIT)).isZero();
    }
  }

  /** Beside its text a waiting line costs a fifth of it at most, with all that an envelope says. */
  @Test
  void aHostInMidReportCostsLittleMoreThanItsText() throws Exception {
    LabLogs.LabLog log = LabLogs.one("6.12.117+deb13-amd64", "02-global-swap", "kmsg.log");
    List<byte[]> lines = log.lines().subList(log.lines().size() - 80, log.lines().size() - 5);
    int hosts = 200;
    try (MiniJob job = MiniJob.ofDefaults(1)) {
      long text = 0;
      long empty = saved(job);
      for (int host = 0; host < hosts; host++) {
        int offset = 0;
        for (byte[] line : lines) {
          long before = job.metric(Metrics.LINES_BUFFERED);
          job.read(new RawRecord("t", 0, offset++, NOW, bytes("host" + host), line, Map.of()));
          text += job.metric(Metrics.LINES_BUFFERED) > before ? line.length : 0;
        }
      }
      assertThat(job.metric(Metrics.LINES_BUFFERED)).isGreaterThan(40L * hosts);
      assertThat((double) (saved(job) - empty) / text).isBetween(0.5, 1.2);
      job.end();
      assertThat(job.assembler.residue()).isZero();
    }
  }

  private static long saved(MiniJob job) throws Exception {
    OperatorSubtaskState state = job.assembler.snapshot();
    return state.getManagedKeyedState().getStateSize() + state.getRawKeyedState().getStateSize();
  }

  @Test
  void whatAUserWritesDoesNotTakeTheKernelsRoom() throws Exception {
    LabLogs.LabLog log = LabLogs.one("6.12.117+deb13-amd64", "03-memcg2-kube", "kmsg.log");
    try (MiniJob job = new MiniJob(1, SETTINGS, false)) {
      for (int i = 0; i < 20_000; i++) {
        String forged = "11," + i + "," + i + ",-;Out of memory: Killed process " + i + " (x)";
        job.read(
            new RawRecord(
                "t", 0, i, NOW, bytes("host"), forged.getBytes(StandardCharsets.UTF_8), Map.of()));
      }
      int offset = 50_000;
      for (byte[] line : log.lines()) {
        job.read(new RawRecord("t", 0, offset++, NOW, bytes("host"), line, Map.of()));
      }
      job.end();
      assertThat(job.metric(Metrics.LINES_OVER_LIMIT)).isZero();
      assertThat(job.metric(Metrics.LINES_FORGED)).isEqualTo(20_000);
      assertThat(job.events().keySet().stream().filter(id -> id.startsWith("KILL"))).hasSize(1);
    }
  }

  @Test
  void manyHostsWithHalfAReportLeaveNothingBehind() throws Exception {
    int hosts = 5_000;
    try (MiniJob job = new MiniJob(1, SETTINGS, false)) {
      for (int host = 0; host < hosts; host++) {
        job.read(record("h" + host, 0, NOW, "x invoked oom-killer: gfp_mask=0xcc0, order=0"));
        job.read(record("h" + host, 1, NOW, "Mem-Info:"));
      }
      assertThat(job.assembler.numEventTimeTimers()).isEqualTo(hosts);
      assertThat(job.assembler.numProcessingTimeTimers()).isEqualTo(hosts);
      job.watermark(NOW + 100_000);
      assertThat(job.blocks()).hasSize(hosts);
      assertThat(job.assembler.residue()).isZero();
    }
  }

  private static byte[] bytes(MiniJob job) throws Exception {
    return org.apache.flink.util.InstantiationUtil.serializeObject(job.assembler.snapshot());
  }

  private static String only(MiniJob job, String type) {
    List<String> events =
        job.validEvents().entrySet().stream()
            .filter(event -> event.getKey().startsWith(type))
            .map(Map.Entry::getValue)
            .toList();
    assertThat(events).hasSize(1);
    return events.get(0);
  }

  private static RawRecord record(String host, int number, long at, String text) {
    String line = "4," + number + "," + (1_000_000 + 10L * number) + ",-;" + text;
    return new RawRecord(
        "t", 0, number, at, bytes(host), line.getBytes(StandardCharsets.UTF_8), Map.of());
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}

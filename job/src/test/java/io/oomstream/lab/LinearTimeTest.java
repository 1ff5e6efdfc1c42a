package io.oomstream.lab;

import static org.assertj.core.api.Assertions.assertThat;

import io.oomstream.assemble.HostLine;
import io.oomstream.format.line.RawRecord;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Eight times the lines take about eight times as long; quadratic work would take sixty-four times
 * and fails by a wide margin, whatever else the machine does.
 */
class LinearTimeTest {

  /** Processor time, because others use the machine too. */
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private static final int TIMES = 8;
  private static final int MOST = 28;
  private static final String OPENS =
      "[    1.000000] java invoked oom-killer: gfp_mask=0xcc0(GFP_KERNEL), order=0, oom_score_adj=0";
  private static final String KILL =
      "[    2.000000] Out of memory: Killed process 7 (java) total-vm:4kB, anon-rss:4kB, file-rss:0kB, shmem-rss:0kB, UID:0 pgtables:4kB oom_score_adj:0";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[    1.000001]  ? handle_mm_fault+0x1a/0x2b",
        "[    1.000001] [  %d]  1000  %d   162398   162163  1347584        0             0 leaky (x) [y]",
        "[    1.000001] Node 0 DMA: 0*4kB 1*8kB (U) 0*16kB = 8kB",
        "[    1.000001] active_anon:1 inactive_anon:2 isolated_anon:0",
        "[    1.000001] kmalloc-2k   123KB   456KB",
        "[    1.000001] A sentence that no rule knows, number %d",
        KILL,
        OPENS
      })
  void ofOneHostsLines(String line) {
    List<HostLine> few = lines(line, 1_000);
    List<HostLine> many = lines(line, TIMES * 1_000);
    long least = best(few);
    long most = best(many);
    assertThat(most).as("%d ns for one, %d ns for eight", least, most).isLessThan(MOST * least);
  }

  private static List<HostLine> lines(String line, int count) {
    List<byte[]> log = new ArrayList<>();
    log.add(bytes(OPENS));
    for (int i = 0; i < count; i++) {
      log.add(bytes(line.replace("%d", "" + (100 + i))));
    }
    log.add(bytes(KILL));
    List<RawRecord> records = Lines.records(log, "kernel.logs", 1_000);
    return Lines.decode(records, "db1");
  }

  private static byte[] bytes(String line) {
    return line.getBytes(StandardCharsets.US_ASCII);
  }

  private static long best(List<HostLine> lines) {
    long best = Long.MAX_VALUE;
    for (int i = 0; i < 6; i++) {
      long begin = THREADS.getCurrentThreadCpuTime();
      PlainPipeline.Result result = PlainPipeline.run(lines);
      best = Math.min(best, THREADS.getCurrentThreadCpuTime() - begin);
      assertThat(result.kills()).isNotEmpty();
    }
    return best;
  }
}

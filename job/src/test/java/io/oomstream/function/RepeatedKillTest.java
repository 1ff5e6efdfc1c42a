package io.oomstream.function;

import static org.assertj.core.api.Assertions.assertThat;

import io.oomstream.format.line.RawRecord;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A shipper that reads its file again sends kills whose blocks have left long ago. The same kill
 * has the same id, and is one kill over the fleet.
 */
class RepeatedKillTest {

  private static final long START = 1_790_000_000_000L;

  @ParameterizedTest
  @CsvSource({"12, 30000", "12, 300000", "9, 60000"})
  void countsOnceOverTheFleet(int hosts, long later) throws Exception {
    Map<String, String> once = run(hosts, 0);
    assertThat(once.values().stream().filter(event -> event.contains("FLEET_OOM")).count() > 0)
        .isEqualTo(hosts >= 10);
    OrderProperties.assertSame(run(hosts, later), once);
  }

  /**
   * @param later when all is sent again, milliseconds after the last kill; 0 for never
   */
  private static Map<String, String> run(int hosts, long later) throws Exception {
    try (MiniJob job = MiniJob.ofDefaults(1)) {
      for (int host = 0; host < hosts; host++) {
        job.read(kill(host, 0, START + host * 5_000L));
        job.watermark(START + host * 5_000L - 2_001);
      }
      long end = START + hosts * 5_000L;
      if (later > 0) {
        job.watermark(end + later);
        for (int host = 0; host < hosts; host++) {
          // The record is a new one; what the kernel wrote is the same.
          job.read(kill(host, 1_000, end + later + host));
        }
      }
      job.watermark(end + 1_000_000);
      job.end();
      assertThat(job.residue()).isZero();
      assertThat(
              job.sent().stream()
                  .filter(event -> event.id().equals(job.sent().get(0).id()))
                  .count())
          .as("the repeat is sent again, under its id")
          .isEqualTo(later > 0 ? 2 : 1);
      return withoutPositions(job.validEvents());
    }
  }

  /** A block that is sent again names the records that it was read from. */
  private static Map<String, String> withoutPositions(Map<String, String> events) {
    events.replaceAll((id, event) -> event.replaceAll("\"offset\":\\d+", ""));
    return events;
  }

  private static RawRecord kill(int host, int offset, long time) {
    String line =
        "3,%d,%d,-;Out of memory: Killed process 7 (hog) total-vm:4096kB, anon-rss:2048kB,"
            + " file-rss:0kB, shmem-rss:0kB, UID:0 pgtables:20kB oom_score_adj:0";
    return new RawRecord(
        "kernel.logs",
        0,
        offset + host,
        time,
        ("h" + host).getBytes(StandardCharsets.UTF_8),
        line.formatted(host + 1, 1_000_000L * (host + 1)).getBytes(StandardCharsets.ISO_8859_1),
        Map.of());
  }
}

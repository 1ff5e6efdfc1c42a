package io.oomstream.function;

import static org.assertj.core.api.Assertions.assertThat;

import io.oomstream.assemble.AssembleSettings;
import io.oomstream.event.EventJson;
import io.oomstream.event.SignalKind;
import io.oomstream.format.line.RawRecord;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * An outage of the source in the middle of a storm, of a crash loop, of a burst and of what hits
 * the whole fleet: nothing comes and event time stands, and then comes all the rest.
 */
class OutageOfEpisodesTest {

  private static final long START = 1_790_000_000_000L;
  private static final long STALL = AssembleSettings.defaults().stallMs();
  private static final int HOSTS = 13;

  private static final String KILL =
      "3,%d,%d,-;Out of memory: Killed process %d (%s) total-vm:4096kB, anon-rss:2048kB,"
          + " file-rss:0kB, shmem-rss:0kB, UID:0 pgtables:20kB oom_score_adj:0";
  private static final String FAILURE =
      "4,%d,%d,-;%4$s: page allocation failure: order:4, mode:0x40cc0(GFP_KERNEL|__GFP_COMP)";

  private static final List<RawRecord> RECORDS = records();

  /** Six kills over the fleet a minute, with failed allocations between them. */
  private static List<RawRecord> records() {
    List<RawRecord> records = new ArrayList<>();
    for (int i = 0; i < 90; i++) {
      long time = START + i * 9_000L;
      int host = i % 4 == 3 ? 0 : i % HOSTS;
      String form = i % 5 == 4 ? FAILURE : KILL;
      String line = form.formatted(i, i * 1_000_000L, 100 + i, i % 7 == 6 ? "web" : "hog");
      records.add(
          new RawRecord(
              "kernel.logs",
              i % 3,
              i,
              time,
              ("h" + host).getBytes(StandardCharsets.UTF_8),
              line.getBytes(StandardCharsets.ISO_8859_1),
              Map.of()));
    }
    return records;
  }

  @ParameterizedTest
  @ValueSource(longs = {60_000, 600_000})
  void anOutageChangesNoEvent(long outage) throws Exception {
    Map<String, String> undisturbed = run(0, 0, 1);
    for (int cut = 3; cut < RECORDS.size(); cut += 17) {
      OrderProperties.assertSame(run(cut, outage, cut % 2 == 0 ? 1 : 3), undisturbed);
    }
  }

  @Test
  void theRunHasEpisodesOfAllKinds() throws Exception {
    Set<SignalKind> kinds = EnumSet.noneOf(SignalKind.class);
    run(0, 0, 1)
        .forEach(
            (id, event) -> {
              if (id.startsWith("SIGNAL")) {
                byte[] json = event.getBytes(StandardCharsets.UTF_8);
                kinds.add(SignalKind.valueOf(EventJson.parse(json).get("kind").asText()));
              }
            });
    assertThat(kinds)
        .contains(SignalKind.OOM_STORM, SignalKind.OOM_CRASH_LOOP, SignalKind.FLEET_OOM);
  }

  /** What is concluded then is concluded with what was there; nothing of one report is lost. */
  @Test
  void aLongerOutageMayEndEpisodesAndLosesNoKill() throws Exception {
    Map<String, String> undisturbed = run(0, 0, 1);
    for (int cut = 10; cut < RECORDS.size(); cut += 40) {
      Map<String, String> events = run(cut, 2 * StallRule.PATIENCE * STALL, 1);
      assertThat(events.keySet().stream().filter(id -> !id.startsWith("SIGNAL")).toList())
          .isEqualTo(undisturbed.keySet().stream().filter(id -> !id.startsWith("SIGNAL")).toList());
      assertThat(events.keySet()).anyMatch(id -> id.startsWith("SIGNAL"));
    }
  }

  /**
   * The events by id.
   *
   * @param cut records before the outage
   */
  private static Map<String, String> run(int cut, long outage, int parallelism) throws Exception {
    try (MiniJob job = MiniJob.ofDefaults(parallelism)) {
      long shift = 0;
      for (int i = 0; i < RECORDS.size(); i++) {
        RawRecord record = RECORDS.get(i);
        if (i == cut && outage > 0) {
          for (long passed = 1_000; passed <= outage; passed += 1_000) {
            job.processingTime(RECORDS.get(i - 1).timestamp() + passed);
          }
          shift = outage;
        }
        // A backlog is read at once.
        job.processingTime(Math.max(record.timestamp(), RECORDS.get(cut).timestamp() + shift));
        job.read(record);
        if (i % 3 == 0) {
          job.readSnapshot(GraphProperties.snapshot("h" + i % HOSTS, i % 3, i, record.timestamp()));
        }
        job.watermark(record.timestamp() - 2_001);
      }
      job.end();
      assertThat(job.residue()).isZero();
      return outage == 0 ? job.validEvents() : job.events();
    }
  }
}

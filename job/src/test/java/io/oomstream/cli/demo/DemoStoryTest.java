package io.oomstream.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.oomstream.format.line.RawRecord;
import io.oomstream.kafka.local.ConsumedRecord;
import io.oomstream.snapshot.SnapshotDecoder;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DemoStoryTest {

  private final ByteArrayOutputStream text = new ByteArrayOutputStream();

  private DemoStory story(boolean blocks) {
    return new DemoStory(new PrintStream(text, true, StandardCharsets.UTF_8), blocks);
  }

  private static ConsumedRecord record(String type, String json) {
    return new ConsumedRecord(
        "t",
        0,
        0,
        0,
        null,
        json.getBytes(StandardCharsets.UTF_8),
        Map.of("ce_type", ("io.oomstream." + type + ".v1").getBytes(StandardCharsets.UTF_8)));
  }

  private static ConsumedRecord kill(String host, String comm, String block) {
    return record(
        "kill",
        "{\"host\":{\"name\":\"%s\"},\"victim\":{\"comm\":\"%s\",\"pid\":7},\"block\":{\"id\":\"%s\"},"
                .formatted(host, comm, block)
            + "\"cause\":{\"primary\":\"MEMCG_LIMIT\",\"summary\":\"Full.\"}}");
  }

  @Test
  void eventsStandByHostAndWhatIsAlikeIsFolded() {
    DemoStory story = story(false);
    story.add(
        List.of(
            new ConsumedRecord(
                "d",
                0,
                0,
                0,
                null,
                new byte[0],
                Map.of("oomstream-reason", "ORPHANED".getBytes(StandardCharsets.UTF_8))),
            kill("b", "worker-0", "1"),
            kill("a", "java", "2"),
            kill("a", "sh", "2"),
            kill("b", "worker-9", "3"),
            record("block", "{\"host\":{\"name\":\"a\"}}")));
    story.tell();
    assertThat(text.toString(StandardCharsets.UTF_8))
        .isEqualTo(
            """
            a
              KILL      2 kills: java … sh: MEMCG_LIMIT. Full.

            b
              KILL      2 kills: worker-0 … worker-9: MEMCG_LIMIT. Full.

            input without an event (topic kernel.oom.dead-letters): {ORPHANED=1}
            """);
    assertThat(story.events()).isEqualTo(5);
    text.reset();
    story.tell();
    assertThat(text.toString(StandardCharsets.UTF_8)).isEmpty();
  }

  @Test
  void theWorstSignalOfAKindStandsForAll() {
    DemoStory story = story(true);
    for (int kills : new int[] {5, 31, 7}) {
      story.add(
          List.of(
              record(
                  "signal",
                  "{\"host\":{\"name\":\"a\"},\"kind\":\"OOM_STORM\",\"severity\":\"CRITICAL\","
                      + "\"measured\":%d,\"summary\":\"%d kills.\"}".formatted(kills, kills))));
    }
    story.tell();
    assertThat(text.toString(StandardCharsets.UTF_8))
        .isEqualTo("a\n  CRITICAL  OOM_STORM: 31 kills. (3 such signals)\n\n");
  }

  @Test
  void theGrowingHostsSnapshotsCanBeRead() {
    List<GrowingHost.Sample> samples = GrowingHost.until(1_800_000_000_000L);
    for (GrowingHost.Sample sample : samples) {
      SnapshotDecoder.Decoded decoded =
          SnapshotDecoder.decode(
              new RawRecord("t", 0, 0, sample.time(), null, sample.value(), Map.of()), null);
      assertThat(decoded.complaint()).isEmpty();
      assertThat(decoded.snapshots()).hasSize(1);
      assertThat(decoded.snapshots().get(0).hostKey()).isEqualTo(GrowingHost.NAME);
    }
    assertThat(samples.get(samples.size() - 1).time()).isEqualTo(1_800_000_000_000L);
  }
}

package io.oomstream.cli.demo;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.oomstream.format.line.RawRecord;
import io.oomstream.kafka.local.ConsumedRecord;
import io.oomstream.snapshot.SnapshotDecoder;
import io.oomstream.workload.CatalogueEntry;
import io.oomstream.workload.CatalogueReader;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
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
  void aKillHasTheNamesOfItsWorkload() {
    DemoStory story = story(false);
    String known = "\"namesStatus\":\"KNOWN\",\"groupKey\":\"compose:billing/worker\"";
    String pod =
        ",\"kubernetes\":{\"namespace\":\"shop\",\"podName\":\"%s\"%s}".formatted("web-1", "%s");
    String owner =
        ",\"containerName\":\"app\",\"owner\":{\"kind\":\"StatefulSet\",\"name\":\"web\"}";
    story.add(
        List.of(
            killOf("1", "\"namesStatus\":\"UNKNOWN\",\"groupKey\":\"docker:1\""),
            killOf("2", known),
            killOf("3", known + pod.formatted("")),
            killOf("4", known + pod.formatted(owner)),
            killOf("5", known + pod.formatted(owner))));
    story.tell();
    assertThat(text.toString(StandardCharsets.UTF_8))
        .isEqualTo(
            """
            a
              KILL      killed java, pid 7: MEMCG_LIMIT. Full.
              KILL      killed java, pid 7, of compose:billing/worker: MEMCG_LIMIT. Full.
              KILL      killed java, pid 7, of web-1 in namespace shop (pod web-1): MEMCG_LIMIT. Full.
              KILL      2 kills: java, of StatefulSet web in namespace shop (pod web-1, container app):
                        MEMCG_LIMIT. Full.

            """);
  }

  private static ConsumedRecord killOf(String block, String workload) {
    ConsumedRecord plain = kill("a", "java", block);
    String json = requireNonNull(plain.valueText());
    return record(
        "kill", json.substring(0, json.length() - 1) + ",\"workload\":{" + workload + "}}");
  }

  /** Both containers of the sample logs, as records of the catalogue. */
  @Test
  void theSampleCatalogueNamesContainersOfTheSamples() throws Exception {
    String logs =
        Files.readString(Path.of("..", "samples", "memcg-kubernetes.kmsg"))
            + Files.readString(Path.of("..", "samples", "oom-group.dmesg"));
    for (SampleCatalogue.Entry sent : SampleCatalogue.startedAt(1_790_000_000_000L)) {
      RawRecord record =
          new RawRecord("w", 0, 0, 1_790_000_000_000L, sent.key(), sent.value(), Map.of());
      CatalogueEntry entry = new CatalogueReader(Set.of()).read(record).get(0);
      assertThat(entry.containerId()).isEqualTo(new String(sent.key(), StandardCharsets.UTF_8));
      assertThat(logs).contains(entry.containerId());
      assertThat(entry.podUid() == null || logs.contains(entry.podUid().replace('-', '_')))
          .isTrue();
    }
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

package io.oomstream.function.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.oomstream.deploy.DocPage;
import io.oomstream.event.EventJson;
import io.oomstream.event.OutgoingEvent;
import io.oomstream.event.SchemaAssert;
import io.oomstream.format.line.RawRecord;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;

/**
 * Two clusters of 250 nodes each: every name is right or absent, whatever the catalogue lost, and
 * however often it is read.
 */
@NullUnmarked
class NameSimulationTest {

  private static final DocPage PAGE = DocPage.of("docs/develop/simulation-names.md");
  private static final long SEED = 1;
  private static final int NODES = 500;
  private static final long MIDDLE = NamedFleet.START + NamedFleet.LENGTH_MS / 2;

  private final StringBuilder table = new StringBuilder();

  @Test
  void everyNameIsRightOrAbsent() throws Exception {
    simulate();
    PAGE.mustBe(
        """
        # Names in a fleet of five hundred nodes

        This page is made by a simulation; see [recipes](recipes.md#pages-made-from-the-code). Every build runs it and asserts the same.

        Two clusters, the second restored from the first one's backup, so that its first pods have the same names and uids. In twenty minutes pods restart, move to other nodes under the
        same name, and live three seconds. Of what the [catalogue](../ingest/workloads.md) is sent, one record in eight is lost, others are late by up to two minutes, and some collectors
        are away for five. Only the second cluster's API is watched. A name is wrong if it is not the victim's: cluster, node, namespace, pod, container, restarts, owner, label, group key.

        | run | kills | named with container | named as a pod | `UNKNOWN` | wrong | left at once |
        |---|---|---|---|---|---|---|
        """
            + table
            + """

        * **live**: as it happens. The same bytes at parallelism 1, and at 4 with failures and restores at 1 and 3.
        * **replayed**: the logs and the whole catalogue from the beginning. The same bytes at parallelism 1 with the catalogue read first, and at 4 with lines and words mixed.
        * **compacted**: the same, of each key only the last record.
        * **logs from the middle**: the kills that are read are byte for byte those of the replay.
        * **catalogue from the middle**: the first half of its records is gone.

        *Left at once* are kills whose container was known when they came: each left in the same step, so names added no latency.
        """);
  }

  private void simulate() throws Exception {
    NamedFleet fleet = NamedFleet.of(NODES, SEED);
    List<RawRecord> log = fleet.log();
    List<Sayings.Said> words = Sayings.of(fleet, SEED + 100);
    assertThat(fleet.kills()).hasSizeGreaterThan(NODES);

    NamedRun.Result live = NamedRun.live(log, words, 1, 0);
    check(fleet, "live", live);
    assertSame(NamedRun.live(log, words, 4, 3).events(), live.events());

    NamedRun.Result replayed = NamedRun.replayed(log, words, 1, null);
    check(fleet, "replayed", replayed);
    assertSame(NamedRun.replayed(log, words, 4, new Random(SEED)).events(), replayed.events());
    assertValid(replayed.events());
    assertThat(replayed.events().values())
        .as("twelve pods of one deployment on twelve nodes are one finding")
        .anyMatch(
            e ->
                e.contains("\"kind\":\"FLEET_OOM\"")
                    && e.contains("\"workload\":\"k8s:east/shop/Deployment/pricing/app\""));

    List<Sayings.Said> compacted = Sayings.compacted(words);
    NamedRun.Result ofCompacted = NamedRun.replayed(log, compacted, 4, new Random(SEED));
    check(fleet, "compacted", ofCompacted);
    assertSameOfOneSource(fleet, live.events(), replayed.events());
    assertSameOfOneSource(fleet, live.events(), ofCompacted.events());

    NamedRun.Result half =
        NamedRun.replayed(
            log.stream().filter(r -> r.timestamp() >= MIDDLE).toList(), words, 1, new Random(SEED));
    check(fleet, "logs from the middle", half);
    Map<String, String> late = kills(half.events());
    Map<String, String> all = kills(replayed.events());
    all.keySet().retainAll(late.keySet());
    assertThat(late).hasSizeGreaterThan(fleet.kills().size() / 4);
    assertSame(late, all);

    check(
        fleet,
        "catalogue from the middle",
        NamedRun.replayed(
            log,
            words.stream().filter(w -> w.record().timestamp() >= MIDDLE).toList(),
            4,
            new Random(SEED)));
  }

  /** Counts a run's kills, each against the truth. */
  private void check(NamedFleet fleet, String name, NamedRun.Result run) {
    Map<String, Integer> found = new HashMap<>();
    List<String> wrongs = new ArrayList<>();
    for (String event : kills(run.events()).values()) {
      JsonNode kill = parse(event);
      NamedFleet.Kill truth = fleet.kills().get(kill.at("/victim/pid").asInt());
      String wrong = TrueNames.wrong(kill.path("workload"), truth.run());
      if (wrong != null) {
        wrongs.add(name + ", " + wrong + ": " + event);
      }
      JsonNode kubernetes = kill.at("/workload/kubernetes");
      found.merge(
          kubernetes.isMissingNode()
              ? "unknown"
              : kubernetes.has("containerName") ? "whole" : "pod",
          1,
          Integer::sum);
    }
    int kills = kills(run.events()).size();
    assertThat(found.getOrDefault("whole", 0)).as("kills with a name").isGreaterThan(kills / 4);
    table.append(
        "| %s | %d | %d | %d | %d | %d | %d |\n"
            .formatted(
                name,
                kills,
                found.getOrDefault("whole", 0),
                found.getOrDefault("pod", 0),
                found.getOrDefault("unknown", 0),
                wrongs.size(),
                run.atOnce()));
    assertThat(wrongs).isEmpty();
  }

  /** With one source there is nothing that a later word could add: what had names keeps them. */
  private static void assertSameOfOneSource(
      NamedFleet fleet, Map<String, String> live, Map<String, String> again) {
    int compared = 0;
    for (Map.Entry<String, String> event : kills(live).entrySet()) {
      JsonNode kill = parse(event.getValue());
      Life life = fleet.kills().get(kill.at("/victim/pid").asInt()).run().life();
      if (life.cluster().equals("east") && kill.at("/workload/kubernetes").has("containerName")) {
        assertThat(again).containsEntry(event.getKey(), event.getValue());
        compared++;
      }
    }
    assertThat(compared).isGreaterThan(100);
  }

  private static Map<String, String> kills(Map<String, String> events) {
    Map<String, String> kills = new TreeMap<>(events);
    kills.keySet().removeIf(id -> !id.startsWith("KILL "));
    return kills;
  }

  private static JsonNode parse(String event) {
    return EventJson.parse(event.getBytes(StandardCharsets.UTF_8));
  }

  private static void assertValid(Map<String, String> events) {
    events.forEach(
        (id, event) ->
            SchemaAssert.assertValid(
                OutgoingEvent.Type.valueOf(id.substring(0, id.indexOf(' '))),
                event.getBytes(StandardCharsets.UTF_8)));
  }

  private static void assertSame(Map<String, String> events, Map<String, String> expected) {
    assertThat(events.keySet()).isEqualTo(expected.keySet());
    expected.forEach(
        (id, event) ->
            assertThat(from(events.get(id), event)).as(id).isEqualTo(from(event, events.get(id))));
  }

  /** From where it differs: events are long. */
  private static String from(String event, String other) {
    int at = 0;
    while (at < Math.min(event.length(), other.length()) && event.charAt(at) == other.charAt(at)) {
      at++;
    }
    return at == event.length() && at == other.length()
        ? ""
        : event.substring(Math.max(0, at - 80));
  }
}

package io.oomstream.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import io.oomstream.event.section.Kubernetes;
import io.oomstream.format.line.RawRecord;
import io.oomstream.workload.BadEntryException;
import io.oomstream.workload.CatalogueEntry;
import io.oomstream.workload.CatalogueReader;
import io.oomstream.workload.KnownNames;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Any bytes as a record of the catalogue of workloads: entries, or refused with a reason; and what
 * the entries say can be asked, and can stand in a key and in an event.
 */
final class WorkloadTarget implements FuzzTarget {

  private static final int KIND = 24;
  private static final long NOW = 1_790_000_000_000L;
  private static final CatalogueReader READER =
      new CatalogueReader(Set.of("app", "app.kubernetes.io/name", "team", "2nd"));

  @Override
  public String name() {
    return "workload";
  }

  @Override
  public List<byte[]> seeds() {
    String link =
        "{\"schemaVersion\":\"1.0\",\"source\":\"links\",\"cluster\":\"prod\",\"node\":\"n1\","
            + "\"container\":{\"id\":\"containerd://4d5ad6c1e9b1f8a7\",\"name\":\"app\","
            + "\"restartCount\":2},\"kubernetes\":{\"namespace\":\"shop\","
            + "\"podName\":\"web-7d4b9c8f6b-2vxqz\","
            + "\"podUid\":\"0b8f5d3e-94ad-4a6d-9f6b-2f2f8e4d7a10\",\"labels\":{\"app\":\"web\"},"
            + "\"owner\":{\"kind\":\"Deployment\",\"name\":\"web\"}},"
            + "\"startedAt\":\"2026-01-31T12:00:00Z\"}";
    String compose =
        "{\"schemaVersion\":\"1.0\",\"source\":\"runtime\",\"container\":{\"id\":\"4d5ad6c1e9b1\"},"
            + "\"labels\":{\"com.docker.compose.project\":\"a\","
            + "\"com.docker.compose.service\":\"b\"},\"startedAt\":1700000000}";
    String pod = resource("/workloads/pod.json");
    String otlp =
        "{\"resourceLogs\":[{\"resource\":{\"attributes\":[{\"key\":\"k8s.cluster.name\",\"value\":"
            + "{\"stringValue\":\"eu\"}}]},\"scopeLogs\":[{\"logRecords\":[{\"body\":{\"kvlistValue\":"
            + "{\"values\":[{\"key\":\"kind\",\"value\":{\"stringValue\":\"Pod\"}},{\"key\":"
            + "\"metadata\",\"value\":{\"kvlistValue\":{\"values\":[{\"key\":\"uid\",\"value\":"
            + "{\"intValue\":\"7\"}}]}}}]}}}]}]}]}";
    return List.of(
            link,
            compose,
            pod,
            "{\"type\":\"MODIFIED\",\"object\":" + pod + "}",
            "{\"kind\":\"PodList\",\"items\":[" + pod + "]}",
            otlp)
        .stream()
        .map(text -> text.getBytes(StandardCharsets.UTF_8))
        .toList();
  }

  private static String resource(String name) {
    try (InputStream in = WorkloadTarget.class.getResourceAsStream(name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public Set<String> check(byte[] input) {
    Set<String> seen = new TreeSet<>();
    List<CatalogueEntry> entries;
    try {
      entries = READER.read(new RawRecord("w", 0, 0, NOW, null, input, Map.of()));
    } catch (BadEntryException e) {
      assertThat(e.getMessage()).isNotBlank();
      seen.add("refused: " + kind(e.getMessage()));
      return seen;
    }
    KnownNames book = KnownNames.EMPTY;
    for (CatalogueEntry entry : entries) {
      assertThat(entry.keys()).isNotEmpty();
      assertThat(entry.startedAtMs()).isPositive();
      book = book.with(entry);
      seen.add("word of " + entry.source() + " " + (entry.podUid() != null) + named(entry));
    }
    assertThat(book.entries().size()).isLessThanOrEqualTo(KnownNames.MAX_ENTRIES);
    for (CatalogueEntry entry : entries) {
      KnownNames.Found found =
          book.find(
              entry.containerId(), entry.podUid(), String.valueOf(entry.node()), Long.MAX_VALUE);
      seen.add("found " + (found.names() != null) + found.isWhole());
      if (found.names() != null && found.names().groupKey() != null) {
        String key = found.names().groupKey();
        assertThat(key).matches("(?s)[a-z0-9]+:[^/]*(/[^/]*)*");
        if (key.startsWith("k8s:")) {
          assertThat(key.chars().filter(c -> c == '/').count()).as(key).isEqualTo(4);
        }
      }
    }
    return seen;
  }

  private static String named(CatalogueEntry entry) {
    Kubernetes k = entry.kubernetes();
    if (k == null) {
      return " " + entry.labels().keySet();
    }
    assertThat(k.podName()).isNotEmpty();
    assertThat(k.namespace()).isNotEmpty();
    if (k.labels() != null) {
      assertThat(k.labels().keySet()).allMatch(key -> key.matches("[A-Za-z_][A-Za-z0-9_]*"));
    }
    return " " + isThere(k.owner()) + isThere(k.labels()) + isThere(k.containerName());
  }

  private static boolean isThere(@Nullable Object part) {
    return part != null;
  }

  /** Its first entries, without what it quotes. */
  private static String kind(String message) {
    String plain = message.replaceAll("[^a-zA-Z]+", " ");
    return plain.substring(0, Math.min(KIND, plain.length()));
  }
}

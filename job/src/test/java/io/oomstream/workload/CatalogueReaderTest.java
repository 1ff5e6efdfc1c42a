package io.oomstream.workload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import io.oomstream.event.section.Kubernetes;
import io.oomstream.event.section.Owner;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@NullUnmarked
class CatalogueReaderTest {

  private static final String LINK =
      CatalogueEntries.link(
          "prod",
          "node-1",
          "shop",
          "web-7d4b9c8f6b-2vxqz",
          CatalogueEntries.UID,
          "app",
          CatalogueEntries.ID,
          2,
          1_700_000_000);

  @Test
  void aWordOfTheLinks() throws Exception {
    assertThat(schemaRefuses(LINK)).isFalse();
    CatalogueEntry entry = CatalogueEntries.read(LINK).get(0);

    assertThat(entry)
        .isEqualTo(
            new CatalogueEntry(
                Source.LINKS,
                CatalogueEntries.ID,
                CatalogueEntries.UID,
                "node-1",
                new Kubernetes(
                    "prod",
                    "node-1",
                    "shop",
                    "web-7d4b9c8f6b-2vxqz",
                    "app",
                    2,
                    new Owner("Deployment", "web", Owner.Origin.INFERRED),
                    null),
                Map.of(),
                1_700_000_000_000L,
                1_000));
    assertThat(entry.keys()).containsExactly(CatalogueEntries.ID, "pod/" + CatalogueEntries.UID);
    assertThat(entry.names().groupKey()).isEqualTo("k8s:prod/shop/Deployment/web/app");
  }

  @Test
  void theHeaderNamesTheClusterWhereTheValueDoesNot() throws Exception {
    CatalogueReader reader = new CatalogueReader(Set.of());
    Map<String, byte[]> header =
        Map.of("oomstream-cluster", "eu/1".getBytes(StandardCharsets.UTF_8));

    assertThat(reader.read(CatalogueEntries.record(LINK, 1, header)).get(0).kubernetes().cluster())
        .isEqualTo("prod");
    String without = LINK.replace("\"cluster\":\"prod\",", "");
    CatalogueEntry entry = reader.read(CatalogueEntries.record(without, 1, header)).get(0);
    assertThat(entry.kubernetes().cluster()).isEqualTo("eu/1");
    assertThat(entry.names().groupKey()).isEqualTo("k8s:eu_1/shop/Deployment/web/app");
    assertThat(CatalogueEntries.read(without).get(0).names().groupKey())
        .isEqualTo("k8s:-/shop/Deployment/web/app");
  }

  @Test
  void otherRuntimesHaveLabels() throws Exception {
    assertThat(
            group("\"com.docker.compose.project\":\"shop\",\"com.docker.compose.service\":\"db\""))
        .isEqualTo("compose:shop/db");
    assertThat(
            group(
                "\"com.amazonaws.ecs.cluster\":\"arn:aws:ecs:eu-west-1:1:cluster/prod\","
                    + "\"com.amazonaws.ecs.task-definition-family\":\"api\","
                    + "\"com.amazonaws.ecs.container-name\":\"app\""))
        .isEqualTo("ecs:prod/api/app");
    assertThat(
            group(
                "\"com.hashicorp.nomad.namespace\":\"default\","
                    + "\"com.hashicorp.nomad.job_name\":\"redis\","
                    + "\"com.hashicorp.nomad.task_group_name\":\"cache\","
                    + "\"com.hashicorp.nomad.task_name\":\"server\""))
        .isEqualTo("nomad:default/redis/cache/server");
    assertThat(group("\"maintainer\":\"x\"")).isNull();
  }

  private static String group(String labels) throws Exception {
    String json =
        "{\"schemaVersion\":\"1.0\",\"source\":\"runtime\",\"container\":{\"id\":\""
            + CatalogueEntries.ID
            + "\"},\"labels\":{"
            + labels
            + "},\"startedAt\":\"2026-01-31T12:00:00Z\"}";
    assertThat(schemaRefuses(json)).isFalse();
    return CatalogueEntries.read(json).get(0).names().groupKey();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"source\":\"links\" | \"source\":\"gossip\" | source must be links, api or runtime",
        "\"schemaVersion\":\"1.0\", | '' | neither schemaVersion nor kind",
        "\"schemaVersion\":\"1.0\" | \"schemaVersion\":\"2.0\" | schemaVersion must be",
        ",\"startedAt\":1700000000 | '' | startedAt is missing",
        "\"namespace\":\"shop\" | \"namespace\":\"a/b\" | namespace is no name of Kubernetes",
        "\"namespace\":\"shop\", | '' | kubernetes.namespace is missing",
        "\"restartCount\":2 | \"restartCount\":-2 | restartCount must be a whole number from 0",
        "\"id\":\"4d | \"id\":\"xy | id is no container's id",
        "\"podUid\":\"0b | \"podUid\":\"zz | podUid is no uid",
        "\"cluster\":\"prod\" | \"cluster\":7 | cluster must be a text",
      })
  void whatCanNotBeIsRefusedByNameAndByTheSchema(String from, String to, String why)
      throws Exception {
    String bad = LINK.replace(from, to);
    assertThat(bad).isNotEqualTo(LINK);

    assertThatThrownBy(() -> CatalogueEntries.read(bad))
        .isInstanceOf(BadEntryException.class)
        .hasMessageContaining(why);
    assertThat(schemaRefuses(bad)).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"schemaVersion\":\"1.0\" | not JSON",
        "[] | the value is not one JSON object",
        "{\"kind\":\"Node\"} | the kind must be Pod, not Node",
        "{\"kind\":\"Pod\",\"metadata\":{}} | metadata.uid is missing",
        "{\"kind\":\"Pod\",\"metadata\":7} | metadata must be an object",
        "{} {} | not JSON",
        "{\"resourceLogs\":[{\"scopeLogs\":[{\"logRecords\":[{\"body\":{\"stringValue\":\"x\"}}]}]}]}"
            + " | a body is not JSON",
      })
  void otherValuesAreRefused(String value, String why) {
    assertThatThrownBy(() -> CatalogueEntries.read(value))
        .isInstanceOf(BadEntryException.class)
        .hasMessageContaining(why);
  }

  @Test
  void aPodOfTheApi() throws Exception {
    List<CatalogueEntry> entries = CatalogueEntries.read(resource("pod.json"));

    assertThat(entries).hasSize(4);
    assertThat(entries.get(0).keys()).containsExactly("pod/5c7be1f1-0a52-4e5e-9bb6-5f3a0c5f77c1");
    assertThat(entries)
        .extracting(w -> w.kubernetes().containerName())
        .containsExactly(null, "migrate", "app", "app");
    assertThat(entries)
        .extracting(w -> w.kubernetes().restartCount())
        .containsExactly(null, 0, 2, 3);
    CatalogueEntry app = entries.get(3);
    assertThat(app.startedAtMs()).isEqualTo(1_769_860_800_000L);
    assertThat(app.kubernetes().owner())
        .isEqualTo(new Owner("Deployment", "checkout", Owner.Origin.API));
    assertThat(app.kubernetes().labels()).isEqualTo(Map.of("app", "checkout"));
    assertThat(app.names().groupKey()).isEqualTo("k8s:-/shop/Deployment/checkout/app");
  }

  /** In any order of the option and of the record. */
  @Test
  void labelsHaveKeysThatJsonPathAndSqlCanTake() throws Exception {
    List<String> named =
        List.of(
            "app.kubernetes.io/name", "app_kubernetes_io_name", "team", "2nd-tier", "a-b", "a.b");
    String labels =
        "{\"app_kubernetes_io_name\":\"no\",\"a.b\":\"no\",\"team\":\"x y\",\"other\":\"no\","
            + "\"app.kubernetes.io/name\":\"shop\",\"2nd-tier\":\"\",\"a-b\":\"yes\"}";
    String link = LINK.replace("\"podUid\"", "\"labels\":" + labels + ",\"podUid\"");
    String pod =
        new ObjectMapper()
            .readTree(resource("pod.json"))
            .toString()
            .replaceFirst("\"labels\":\\{[^}]*}", "\"labels\":" + labels);
    assertThat(schemaRefuses(link)).isFalse();

    for (String json : List.of(link, pod)) {
      for (int i = 0; i < named.size(); i++) {
        List<String> allowed = new ArrayList<>(named);
        Collections.rotate(allowed, i);
        CatalogueReader reader = new CatalogueReader(new LinkedHashSet<>(allowed));
        assertThat(
                reader
                    .read(CatalogueEntries.record(json, 1, Map.of()))
                    .get(0)
                    .kubernetes()
                    .labels())
            .isEqualTo(
                Map.of(
                    "app_kubernetes_io_name",
                    "shop",
                    "team",
                    "x y",
                    "_2nd_tier",
                    "",
                    "a_b",
                    "yes"));
      }
    }
  }

  /** kubectl --output-watch-events, a list, and both forms of the collector's bodies. */
  @Test
  void aPodIsTheSameInEveryEnvelope() throws Exception {
    ObjectMapper mapper = new ObjectMapper();
    String pod = resource("pod.json");
    List<CatalogueEntry> entries = CatalogueEntries.read(pod);
    String watched = "{\"type\":\"MODIFIED\",\"object\":" + pod + "}";

    assertThat(CatalogueEntries.read(watched)).isEqualTo(entries);
    assertThat(CatalogueEntries.read("{\"kind\":\"PodList\",\"items\":[" + pod + "]}"))
        .isEqualTo(entries);
    String head =
        "{\"resourceLogs\":[{\"resource\":{\"attributes\":[{\"key\":\"k8s.cluster.name\","
            + "\"value\":{\"stringValue\":\"eu\"}}]},\"scopeLogs\":[{\"logRecords\":[{\"body\":";
    List<CatalogueEntry> text =
        CatalogueEntries.read(
            head + mapper.writeValueAsString(Map.of("stringValue", watched)) + "}]}]}]}");
    assertThat(text).extracting(w -> w.kubernetes().cluster()).containsOnly("eu");
    assertThat(text)
        .extracting(CatalogueEntry::keys)
        .isEqualTo(entries.stream().map(CatalogueEntry::keys).toList());
    String values = Otlp.value(mapper.readTree(watched)).toString();
    assertThat(CatalogueEntries.read(head + values + "}]}]}]}")).isEqualTo(text);
    assertThat(CatalogueEntries.read("{\"type\":\"BOOKMARK\",\"object\":{\"kind\":\"Pod\"}}"))
        .isEmpty();
  }

  @Test
  void ownersOfTheApiAreTheOnesAbove() throws Exception {
    String pod = resource("pod.json");

    assertThat(owner(pod.replace("\"pod-template-hash\"", "\"other\"")))
        .isEqualTo(new Owner("ReplicaSet", "checkout-6d5f9c7b8", Owner.Origin.API));
    assertThat(owner(pod.replace("\"pod-template-hash\"", "\"rollouts-pod-template-hash\"")))
        .isEqualTo(new Owner("Rollout", "checkout", Owner.Origin.API));
    assertThat(
            owner(pod.replace("ReplicaSet", "Job").replace("checkout-6d5f9c7b8\"", "x-29512345\"")))
        .isEqualTo(new Owner("CronJob", "x", Owner.Origin.INFERRED));
    assertThat(owner(pod.replace("\"controller\": true", "\"controller\": false"))).isNull();
    CatalogueEntry of =
        CatalogueEntries.read(
                pod.replace("\"controller\": true", "\"controller\": false")
                    .replace("checkout-6d5f9c7b8-k2xzw", "db-0"))
            .get(3);
    assertThat(of.names().groupKey()).isEqualTo("k8s:-/shop/-/db-0/app");
  }

  @Test
  void aStaticPodHasKubeletsUid() throws Exception {
    String hash = "3b8f5d3e94ad4a6d9f6b2f2f8e4d7a10";
    String pod =
        resource("pod.json")
            .replace(
                "\"annotations\": {",
                "\"annotations\": {\"kubernetes.io/config.hash\":\"" + hash + "\",")
            .replace("checkout-6d5f9c7b8-k2xzw", "etcd-node-1");

    CatalogueEntry entry = CatalogueEntries.read(pod).get(0);
    assertThat(entry.podUid()).isEqualTo(hash);
    assertThat(entry.kubernetes().owner())
        .isEqualTo(new Owner(null, "etcd", Owner.Origin.INFERRED));
  }

  @Test
  void aPodThatIsNotPlacedHasNoWord() throws Exception {
    assertThat(CatalogueEntries.read(resource("pod.json").replace("\"nodeName\": \"node-1\",", "")))
        .isEmpty();
  }

  private static Owner owner(String pod) throws Exception {
    return CatalogueEntries.read(pod).get(0).kubernetes().owner();
  }

  static String resource(String name) throws Exception {
    try (InputStream in = CatalogueReaderTest.class.getResourceAsStream("/workloads/" + name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static boolean schemaRefuses(String json) throws Exception {
    try (InputStream in =
        CatalogueReaderTest.class.getResourceAsStream("/schema/workload-1.0.json")) {
      JsonSchema schema =
          JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012).getSchema(in);
      return !schema.validate(new ObjectMapper().readTree(json)).isEmpty();
    }
  }
}

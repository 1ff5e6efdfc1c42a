package io.oomstream.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The bridge's mappings as jq runs them, and a real Alertmanager that takes what they make. Bento
 * itself is not here: what it does around the mappings is its configuration's.
 */
class BridgeTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Map<String, String> ENVIRONMENT =
      Map.of("PAGERDUTY_KEY", "key", "CLUSTER", "eu-1", "PAGES", "https://pages/x");

  @BeforeAll
  static void needsJq() throws Exception {
    assumeTrue(Bento.canRun(), "no jq here: the bridge's mappings are not run");
  }

  private static ObjectNode event(String json) throws Exception {
    return (ObjectNode) JSON.readTree(json.replace('\'', '"'));
  }

  private static ObjectNode loop(String phase, String severity, Instant time) throws Exception {
    ObjectNode event =
        event(
            "{'kind':'OOM_CRASH_LOOP','eventId':'e1','host':{'name':'web-1'},'workload':"
                + "'k8s:prod/shop/Deployment/cart/app','summary':'cart is killed again.'}");
    event.put("severity", severity).put("time", time.toString());
    event.putObject("episode").put("id", "p1").put("phase", phase);
    return event;
  }

  private static JsonNode finding(JsonNode event) throws Exception {
    return Bento.jq(Bento.with(ENVIRONMENT).finding(), event);
  }

  private static JsonNode alerts(JsonNode event) throws Exception {
    return Bento.jq(Bento.with(ENVIRONMENT).alertmanager(), finding(event));
  }

  private static JsonNode page(JsonNode event) throws Exception {
    return Bento.jq(Bento.with(ENVIRONMENT).pagerDuty(), finding(event));
  }

  @Test
  void anAlertSaysWhoseAndWhereAndWhatItMeans() throws Exception {
    JsonNode alert = alerts(loop("OPENED", "CRITICAL", Instant.now())).path(0);
    assertThat(alert.path("labels"))
        .isEqualTo(
            event(
                "{'alertname':'OOM_CRASH_LOOP','severity':'critical','cluster':'prod',"
                    + "'namespace':'shop','workload':'k8s:prod/shop/Deployment/cart/app',"
                    + "'container':'app'}"));
    assertThat(alert.path("annotations"))
        .isEqualTo(
            event(
                "{'summary':'cart is killed again.','host':'web-1','id':'e1',"
                    + "'runbook_url':'https://pages/x/docs/reference/signals.md#oom_crash_loop'}"));
    assertThat(Instant.parse(alert.path("endsAt").asText()))
        .isAfter(Instant.now().plusSeconds(850));
  }

  @Test
  void aKillHasItsCauseAndProcessAndAMachinesFindingItsHost() throws Exception {
    ObjectNode kill =
        event(
            "{'eventId':'k1','severity':'WARNING','host':{'name':'web-1'},'victim':{'pid':7},"
                + "'cause':{'primary':'CGROUP_LIMIT','summary':'Too small.'},'workload':{'key':"
                + "'unit:shop','containerId':'0123'}}");
    kill.put("time", Instant.now().toString());
    JsonNode alert = alerts(kill).path(0);
    assertThat(alert.path("labels"))
        .isEqualTo(
            event(
                "{'alertname':'OOM_KILL','severity':'warning','cluster':'eu-1','workload':"
                    + "'unit:shop','cause':'CGROUP_LIMIT'}"));
    assertThat(alert.at("/annotations/pid").asText()).isEqualTo("7");

    ObjectNode storm = event("{'kind':'OOM_STORM','severity':'CRITICAL','host':{'name':'db-1'}}");
    storm.put("time", Instant.now().toString());
    assertThat(alerts(storm).at("/0/labels/host").asText()).isEqualTo("db-1");
    assertThat(page(storm).path("dedup_key").asText()).isEqualTo("OOM_STORM/eu-1/db-1");
  }

  @Test
  void aReplayPagesNobody() throws Exception {
    assertThat(finding(loop("OPENED", "CRITICAL", Instant.now().minusSeconds(3700))).isNull())
        .isTrue();
    assertThat(finding(loop("OPENED", "CRITICAL", Instant.now().minusSeconds(3500))).isNull())
        .isFalse();
    ObjectNode untimed = loop("OPENED", "CRITICAL", Instant.now());
    untimed.remove("time");
    assertThat(finding(untimed).isNull()).isTrue();
  }

  @Test
  void aPageIsOpenedAndClosedUnderOneKey() throws Exception {
    JsonNode opened = page(loop("OPENED", "CRITICAL", Instant.now()));
    JsonNode closed = page(loop("CLOSED", "INFO", Instant.now()));
    assertThat(opened.path("event_action").asText()).isEqualTo("trigger");
    assertThat(closed.path("event_action").asText()).isEqualTo("resolve");
    assertThat(closed.path("dedup_key")).isEqualTo(opened.path("dedup_key"));
    assertThat(opened.path("dedup_key").asText())
        .isEqualTo("OOM_CRASH_LOOP/prod/k8s:prod/shop/Deployment/cart/app");
    assertThat(opened.at("/payload/severity").asText()).isEqualTo("critical");
    ObjectNode info = loop("OPENED", "INFO", Instant.now());
    assertThat(page(info).isNull()).as("an INFO wakes nobody").isTrue();
  }

  @Test
  void aRealAlertmanagerFoldsRepeatsAndResolves(@TempDir Path folder) throws Exception {
    String program = Alertmanager.program();
    assumeTrue(!program.isEmpty(), "no Alertmanager here: what it makes of alerts is not tried");
    JsonNode opened = alerts(loop("OPENED", "CRITICAL", Instant.now()));
    JsonNode again = alerts(loop("UPDATED", "CRITICAL", Instant.now()));
    JsonNode closed = alerts(loop("CLOSED", "INFO", Instant.now()));
    try (Alertmanager alertmanager = Alertmanager.start(program, folder)) {
      assertThat(alertmanager.post(opened)).isEqualTo(200);
      alertmanager.await(() -> alertmanager.told("OOM_CRASH_LOOP", "firing") == 1);
      assertThat(alertmanager.post(opened)).isEqualTo(200);
      assertThat(alertmanager.post(again)).isEqualTo(200);
      assertThat(alertmanager.alerts()).hasSize(1);

      assertThat(alertmanager.post(closed)).isEqualTo(200);
      alertmanager.await(() -> alertmanager.told("OOM_CRASH_LOOP", "resolved") == 1);
      assertThat(alertmanager.told("OOM_CRASH_LOOP", "firing")).isEqualTo(1);
      assertThat(alertmanager.alerts()).isEmpty();
    }
  }

  /**
   * Bento holds what an output does not take and runs the output's own mapping for each try. Here
   * each event waits for 50 minutes, as its age says.
   */
  @Test
  void whatComesWhileAlertmanagerIsDownIsNotLost(@TempDir Path folder) throws Exception {
    String program = Alertmanager.program();
    assumeTrue(!program.isEmpty(), "no Alertmanager here: an outage of it is not tried");
    List<JsonNode> waiting = new ArrayList<>();
    for (String kind : List.of("OOM_STORM", "FLEET_OOM", "SLAB_GROWTH")) {
      ObjectNode event = loop("OPENED", "CRITICAL", Instant.now().minusSeconds(3000));
      waiting.add(finding(event.put("kind", kind)));
    }
    String alertmanagers = Bento.with(ENVIRONMENT).alertmanager();
    try (Alertmanager alertmanager = Alertmanager.start(program, folder)) {
      alertmanager.stop();
      for (JsonNode finding : waiting) {
        JsonNode alert = Bento.jq(alertmanagers, finding);
        assertThatThrownBy(() -> alertmanager.post(alert)).isInstanceOf(IOException.class);
      }
      alertmanager.resume();
      for (JsonNode finding : waiting) {
        JsonNode alert = Bento.jq(alertmanagers, finding);
        assertThat(Instant.parse(alert.at("/0/endsAt").asText()))
            .isAfter(Instant.now().plusSeconds(850));
        assertThat(alertmanager.post(alert)).isEqualTo(200);
      }
      for (JsonNode finding : waiting) {
        String kind = finding.path("kind").asText();
        alertmanager.await(() -> alertmanager.told(kind, "firing") == 1);
      }
      assertThat(alertmanager.alerts()).hasSize(waiting.size());
    }
  }

  /** What waits for an output holds nothing of the time at which it was read. */
  @Test
  void whatWaitsDoesNotAge() throws Exception {
    Bento bento = Bento.with(ENVIRONMENT);
    assertThat(bento.finding()).doesNotContain("until:", "HOLD");
    assertThat(bento.alertmanager()).contains("now + ([900, 900] | max)");
    assertThat(Bento.with(Map.of("HOLD", "60")).alertmanager()).contains("[900, 60] | max");
    // The client's own tries post the same alert again: all of them well within the hold.
    JsonNode client = bento.config().at("/output/broker/outputs/0/http_client");
    int seconds = 0;
    int pause = 1;
    assertThat(client.path("retry_period").asText()).isEqualTo("1s");
    assertThat(client.path("max_retry_backoff").asText()).isEqualTo("60s");
    for (int i = 0; i < client.path("retries").asInt(); i++) {
      seconds += pause + 5;
      pause = Math.min(2 * pause, 60);
    }
    assertThat(seconds).isBetween(240, 600);
  }

  /** What keeps events while an output is down is Bento's own, by these settings. */
  @Test
  void nothingIsCommittedBeforeItIsTaken() throws Exception {
    JsonNode config = Bento.with(Map.of()).config();
    assertThat(config.at("/input/kafka_franz/auto_replay_nacks").asBoolean()).isTrue();
    assertThat(config.at("/input/kafka_franz/consumer_group").asText())
        .startsWith("oomstream-consumer");
    assertThat(config.at("/output/broker/pattern").asText()).isEqualTo("fan_out");
    for (JsonNode output : config.at("/output/broker/outputs")) {
      assertThat(output.at("/http_client/retries").asInt()).isGreaterThan(3);
      assertThat(output.at("/http_client/drop_on").toString()).isEqualTo("[400]");
    }
  }

  /** Every field that the mapping reads is one of the events'. */
  @Test
  void everyFieldIsOfTheSchemas() throws Exception {
    TreeSet<String> read = new TreeSet<>();
    Pattern.compile("(?<![\\w\\]])(\\$work)?((?:\\.[a-zA-Z]+)+)")
        .matcher(
            Files.readString(Manifests.DEPLOY.resolve("bridge/bento.yaml"))
                .split("\noutput:")[0]
                .split("query: ", 2)[1])
        .results()
        .map(m -> (m.group(1) == null ? "" : ".workload") + m.group(2))
        .forEach(read::add);
    assertThat(read).hasSizeGreaterThan(12).contains(".cause.primary", ".workload.key");
    EventFields fields = EventFields.of("kill", "signal", "workload");
    assertThat(read)
        .allSatisfy(path -> assertThat(fields.has(path.substring(1))).as(path).isTrue());
  }
}

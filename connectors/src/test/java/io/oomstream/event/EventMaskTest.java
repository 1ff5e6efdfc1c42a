package io.oomstream.event;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every field of the schemas is a name, a sentence, a line or plain; and each is treated so. */
class EventMaskTest {

  private static final Privacy COMM = new Privacy(true, false, false, "pepper");
  private static final Privacy CGROUP = new Privacy(false, true, false, "pepper");
  private static final ObjectMapper JSON = new ObjectMapper();

  private static JsonNode masked(String json, Privacy privacy) {
    return EventJson.parse(EventMask.of(event("host", json), privacy).data());
  }

  private static OutgoingEvent event(String key, String json) {
    byte[] data = json.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    return new OutgoingEvent(OutgoingEvent.Type.KILL, "id", key, "/s", null, null, data);
  }

  /** A new field must be given its place, else its text would be hashed or, worse, be let out. */
  @ParameterizedTest
  @ValueSource(strings = {"common", "kill", "signal", "block"})
  void everyTextFieldOfTheSchemasHasItsPlace(String schema) throws IOException {
    Set<String> unknown = new TreeSet<>();
    try (InputStream in =
        EventMaskTest.class.getResourceAsStream("/schema/" + schema + "-1.0.json")) {
      look(JSON.readTree(in), "", unknown);
    }
    assertThat(unknown).isEmpty();
  }

  private static void look(JsonNode node, String of, Set<String> unknown) {
    for (Map.Entry<String, JsonNode> field : node.path("properties").properties()) {
      JsonNode type = field.getValue();
      String name = field.getKey();
      boolean text = type.path("type").toString().contains("string") || type.has("enum");
      boolean known =
          EventMask.COMMS.contains(name)
              || EventMask.GROUPS.stream().anyMatch(g -> g.equals(name) || g.endsWith("." + name))
              || EventMask.EITHER.contains(name)
              || EventMask.SENTENCES.contains(name)
              || EventMask.RAW.contains(name)
              || EventMask.PLAIN.contains(name)
              || EventMask.PLAIN_OBJECTS.contains(of)
              || name.equals("subject")
              || name.equals("workload")
              || of.equals("workload")
              || of.equals("kubernetes")
              || of.equals("owner");
      if (text && !known) {
        unknown.add(of + "." + name);
      }
      boolean names =
          !EventMask.PLAIN.contains(name)
              && !EventMask.PLAIN.contains(of + "." + name)
              && !EventMask.OF_WORKLOAD.contains(name);
      if (type.has("enum") && names) {
        unknown.add(of + "." + name + " is of a fixed list and would be hashed");
      }
      look(type, name, unknown);
    }
    for (Map.Entry<String, JsonNode> definition : node.path("$defs").properties()) {
      look(definition.getValue(), definition.getKey(), unknown);
    }
    if (node.has("items")) {
      look(node.path("items"), of, unknown);
    }
  }

  /** What the event has, where to look, what is there when process names are hashed. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'victim':{'comm':'java'}}|/victim/comm|h:COMM",
        "{'victim':{'comm':'java'},'cause':{'summary':'java used all.'}}|/cause/summary|h:COMM used"
            + " all.",
        "{'victim':{'comm':'java'},'cause':{'summary':'javac and -java- x'}}|/cause/summary|javac"
            + " and -h:COMM- x",
        "{'victim':{'comm':'java'},'cause':{'why':['Ask java.']}}|/cause/why/0|Ask h:COMM.",
        "{'tasks':{'rows':[{'comm':'java'}]}}|/tasks/rows/0/comm|h:COMM",
        "{'blame':{'killed':{'name':'java'}}}|/blame/killed/name|h:COMM",
        "{'kind':'OOM_PANIC','subject':'java (pid 7)'}|/subject|h:COMM (pid 7)",
        "{'kind':'SLAB_GROWTH','subject':'java'}|/subject|java",
        "{'summary':'It is full. Find why java (pid 7) needs it. Then act.'}|/summary|It is full."
            + " Then act.",
        "{'killReason':'java','victim':{'comm':'java'}}|/killReason|java",
        "{'host':{'name':'java'},'victim':{'comm':'java'}}|/host/name|java",
        "{'newField':'java'}|/newField|h:COMM",
        "{'scope':{'limitCgroup':'/a/java'}}|/scope/limitCgroup|/a/java",
      })
  void processNames(String json, String at, String then) {
    String hash = masked("{'victim':{'comm':'java'}}", COMM).at("/victim/comm").asText();
    assertThat(hash).matches("h:[0-9a-f]{12}");
    assertThat(masked(json, COMM).at(at).asText()).isEqualTo(then.replace("h:COMM", hash));
  }

  /** As above; groups are hashed. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'victim':{'comm':'java'}}|/victim/comm|java",
        "{'scope':{'taskCgroup':'/a/b'}}|/scope/taskCgroup|HASH",
        "{'scope':{'taskCgroup':'/'}}|/scope/taskCgroup|/",
        "{'memcg':{'path':'/a/b'},'trigger':{'path':'KSWAPD'}}|/trigger/path|KSWAPD",
        "{'workload':{'runtime':'docker','containerId':'0123456789abcdef'}}|/workload/runtime|docker",
        "{'workload':{'containerId':'0123456789abcdef'}}|/workload/containerId|HASH",
        "{'workload':{'containerId':'0123456789abcdef'},'summary':'In 0123456789ab.'}|/summary|In"
            + " HASH.",
        "{'workload':{'kubernetes':{'podName':'web-1','owner':{'kind':'Deployment'}}}}|/workload/kubernetes/podName|HASH",
        "{'workload':{'kubernetes':{'owner':{'kind':'Deployment'}}}}|/workload/kubernetes/owner/kind|Deployment",
        "{'workload':{'kubernetes':{'labels':{'team':'x1'}}}}|/workload/kubernetes/labels/team|HASH",
        "{'summary':'Raise the limit of shop.service.'}|/summary|Raise the limit of HASH.",
      })
  void groups(String json, String at, String then) {
    assertThat(masked(json, CGROUP).at(at).asText().replaceAll("h:[0-9a-f]{12}", "HASH"))
        .isEqualTo(then);
  }

  @Test
  void aNameThatTextCannotCarryIsHashedByItsBytes() {
    JsonNode one = masked("{'victim':{'comm':'\uFFFD','commHex':'ff'}}", COMM);
    JsonNode other = masked("{'victim':{'comm':'\uFFFD','commHex':'fe'}}", COMM);
    assertThat(one.at("/victim/comm")).isNotEqualTo(other.at("/victim/comm"));
    assertThat(one.at("/victim/commHex").isMissingNode()).isTrue();
  }

  @Test
  void aKeyThatIsTheWorkloadIsHashedLikeIt() {
    OutgoingEvent event =
        EventMask.of(event("unit:shop", "{'kind':'FLEET_OOM','workload':'unit:shop'}"), CGROUP);
    assertThat(event.key())
        .isEqualTo(EventJson.parse(event.data()).path("workload").asText())
        .startsWith("h:");
    assertThat(EventMask.of(event("web-1", "{}"), CGROUP).key()).isEqualTo("web-1");
  }

  @Test
  void linesGoAndThatIsSaid() {
    JsonNode data =
        masked(
            "{'lines':['x'],'cause':{'evidence':[{'line':'x','fact':'f'}]},'block':{'unparsed':['x']}}",
            new Privacy(false, false, true, ""));
    assertThat(data.toString())
        .isEqualTo(
            "{'lines':[],'cause':{'evidence':[{'fact':'f'}]},'block':{},".replace('\'', '"')
                + "\"trimmed\":[\"lines\",\"evidence.line\",\"block.unparsed\"]}");
  }
}

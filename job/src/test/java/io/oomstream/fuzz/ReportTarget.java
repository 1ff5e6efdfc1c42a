package io.oomstream.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.oomstream.block.KernelBlock;
import io.oomstream.event.EventJson;
import io.oomstream.event.OutgoingEvent;
import io.oomstream.event.SchemaAssert;
import io.oomstream.lab.PlainPipeline;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Any log to reports, causes and events: whatever is published fits its schema. */
final class ReportTarget implements FuzzTarget {

  @Override
  public String name() {
    return "report";
  }

  @Override
  public List<byte[]> seeds() {
    return Seeds.logs();
  }

  @Override
  public Set<String> check(byte[] input) {
    PlainPipeline.Result result = PlainPipeline.run(LogInput.hostLines(input));
    Set<String> seen = new TreeSet<>();
    for (KernelBlock block : result.parsed()) {
      assertThat(block.kills()).extracting(kill -> kill.victim().pid()).doesNotHaveDuplicates();
    }
    result.kills().forEach(kill -> valid(OutgoingEvent.Type.KILL, kill, seen));
    result.signals().forEach(signal -> valid(OutgoingEvent.Type.SIGNAL, signal, seen));
    result.signals().forEach(signal -> seen.add("signal " + signal.kind()));
    result.blocks().forEach(block -> valid(OutgoingEvent.Type.BLOCK, block, seen));
    return seen;
  }

  private static void valid(OutgoingEvent.Type type, Object event, Set<String> seen) {
    // As it is read back: what a consumer gets is bytes.
    JsonNode json = EventJson.parse(EventJson.toBytes(event));
    SchemaAssert.assertValid(type, json);
    paths(type.name(), json, seen);
  }

  private static void paths(String path, JsonNode node, Set<String> seen) {
    if (node.isArray()) {
      node.forEach(element -> paths(path + "[]", element, seen));
    } else if (node.isObject()) {
      for (Map.Entry<String, JsonNode> field : node.properties()) {
        paths(path + "." + field.getKey(), field.getValue(), seen);
      }
    } else {
      seen.add(path);
    }
  }
}

package io.oomstream.cli.demo;

import com.fasterxml.jackson.databind.JsonNode;
import io.oomstream.event.EventJson;
import io.oomstream.kafka.local.ConsumedRecord;
import java.io.PrintStream;
import java.util.List;

/** What a consumer of the output topics sees, a few lines for each event. */
public final class DemoPrinter {

  private final PrintStream out;

  public DemoPrinter(PrintStream out) {
    this.out = out;
  }

  /**
   * Prints them.
   *
   * @return how many
   */
  public int print(List<ConsumedRecord> records) {
    records.forEach(this::print);
    return records.size();
  }

  private void print(ConsumedRecord record) {
    out.printf("%s  key=%s%n", record.topic(), record.keyText());
    String type = record.header("ce_type");
    byte[] value = record.value();
    if (type == null || value == null) {
      out.printf(
          "    dead letter, %s: %s%n",
          record.header("oomstream-reason"), record.header("oomstream-detail"));
      return;
    }
    out.printf("    ce_type=%s ce_id=%s%n", type, record.header("ce_id"));
    JsonNode data = EventJson.parse(value);
    if (type.contains(".kill.")) {
      out.printf(
          "    killed %s pid %s, %s: %s%n",
          data.at("/victim/comm").asText(),
          data.at("/victim/pid").asText("?"),
          data.at("/scope/kind").asText(),
          data.at("/cause/summary").asText());
    } else if (type.contains(".signal.")) {
      out.printf(
          "    %s %s: %s%n",
          data.path("severity").asText(),
          data.path("kind").asText(),
          data.path("summary").asText());
    } else {
      out.printf(
          "    %s, %s lines, %s, sections %s%n",
          data.path("kind").asText(),
          data.at("/block/lineCount").asText(),
          data.at("/block/complete").asBoolean() ? "complete" : "not complete",
          data.at("/block/sections").size());
    }
  }
}

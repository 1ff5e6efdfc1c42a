package io.oomstream.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.oomstream.block.KernelBlock;
import io.oomstream.cli.report.Columns;
import io.oomstream.cli.text.TextReport;
import io.oomstream.diagnosis.Diagnosis;
import io.oomstream.diagnosis.LabReports;
import io.oomstream.diagnosis.context.Findings;
import io.oomstream.diagnosis.context.Language;
import io.oomstream.diagnosis.context.Messages;
import io.oomstream.diagnosis.context.Thresholds;
import io.oomstream.event.EventJson;
import io.oomstream.event.OutgoingEvent;
import io.oomstream.lab.LabLogs;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The note of every kill of the lab, in both languages: short, whole and narrow. */
class LabNotesTest {

  static Stream<LabLogs.LabLog> logs() {
    return LabLogs.all().stream().filter(log -> log.form().equals("kmsg.log"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("logs")
  void aKillTakesNoMoreThan30LinesOf100Columns(LabLogs.LabLog log) {
    List<KernelBlock> blocks = LabReports.of(log);
    for (Language language : Language.values()) {
      Messages words = Messages.in(language);
      for (KernelBlock block : blocks) {
        Findings findings = Diagnosis.of(block, "lab", Thresholds.defaults(), language);
        List<JsonNode> events = new ArrayList<>();
        findings.kills().forEach(k -> events.add(event(OutgoingEvent.Type.KILL, k.event())));
        findings.signals().forEach(s -> events.add(event(OutgoingEvent.Type.SIGNAL, s.signal())));
        if (!events.isEmpty()) {
          check(TextReport.render(events, words), words);
        }
      }
    }
  }

  private static void check(String report, Messages words) {
    String head = words.text("report.headline", "who", "");
    int lines = 0;
    boolean kill = false;
    String before = "";
    for (String line : report.split("\n", -1)) {
      boolean continued = line.startsWith("   ");
      boolean cut = before.endsWith(",") && !continued && !report.contains(",pid=1,");
      assertThat(cut).as(report).isFalse();
      before = line;
      kill = kill ? !line.isEmpty() : line.startsWith(head);
      lines = kill ? lines + 1 : 0;
      assertThat(lines).as(report).isLessThanOrEqualTo(30);
      assertThat(Columns.width(line)).as(line).isLessThanOrEqualTo(100);
      assertThat(line).as(report).doesNotContain(" null", "{", "}");
    }
    if (report.startsWith(head)) {
      assertThat(report)
          .contains(
              "  " + words.text("report.label.why"),
              "  " + words.text("report.label.advice"),
              "  " + words.text("report.label.evidence"),
              "  " + words.text("report.label.report"));
    }
  }

  static JsonNode event(OutgoingEvent.Type type, Object data) {
    ObjectNode event = JsonNodeFactory.instance.objectNode();
    event.put("type", type.ceType());
    event.set("data", EventJson.toTree(data));
    return event;
  }
}

package io.oomstream.cli.report;

import com.fasterxml.jackson.databind.JsonNode;
import io.oomstream.diagnosis.context.Messages;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A fact that a cause or signal rests on.
 *
 * @param figure the number in its unit and what it was held against, or the text
 * @param line the record of the log that it was read from; null if the event does not hold it
 * @param shown the same in one line: some kernels write several lines into one record
 */
public record EvidenceLine(
    String fact, String figure, @Nullable String line, @Nullable String shown) {

  public static List<EvidenceLine> of(EventNode causeOrSignal, Messages words) {
    List<EvidenceLine> lines = new ArrayList<>();
    for (EventNode evidence : causeOrSignal.items("evidence")) {
      String fact = evidence.text("fact");
      String text = evidence.text("text");
      String figure =
          text != null ? text : FigureText.against(evidence, "value", "threshold", words);
      if (fact != null && figure != null) {
        lines.add(new EvidenceLine(fact, figure, evidence.text("line"), shown(evidence)));
      }
    }
    return lines;
  }

  private static @Nullable String shown(EventNode evidence) {
    JsonNode line = evidence.json().path("line");
    return line.isTextual()
        ? line.asText().strip().lines().map(PlainText::of).collect(Collectors.joining("  "))
        : null;
  }
}

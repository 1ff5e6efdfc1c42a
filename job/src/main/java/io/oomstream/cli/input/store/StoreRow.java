package io.oomstream.cli.input.store;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.oomstream.format.file.FileUnit;
import io.oomstream.kernel.Classifier;
import io.oomstream.kernel.LineRule;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A line out of a log store's export.
 *
 * @param line where it stands in the file
 * @param whole a record of an envelope that we know, as it is; null for a text with its columns
 */
public record StoreRow(
    long line,
    String text,
    @Nullable String host,
    @Nullable Instant time,
    byte @Nullable [] whole) {

  private static final Pattern STAMP = Pattern.compile("\\[ *(\\d{1,9}\\.\\d{6})\\]");

  /**
   * As a record: in the form of Vector's, whose message may be a line of any form with what it says
   * of host and time, and has these where it says nothing.
   */
  public FileUnit toUnit() {
    if (whole != null) {
      return new FileUnit(line, whole);
    }
    ObjectNode record = JsonNodeFactory.instance.objectNode();
    record.put("source_type", "export").put("message", text);
    if (host != null && !host.isBlank()) {
      record.put("host", host);
    }
    if (time != null) {
      record.put("timestamp", time.toString());
    }
    return new FileUnit(line, record.toString().getBytes(StandardCharsets.UTF_8));
  }

  /** The oldest first: stores show the newest first, and a second may hold a whole report. */
  static List<StoreRow> inOrder(List<StoreRow> rows) {
    int down = 0;
    for (int i = 1; i < rows.size(); i++) {
      down += Integer.signum(compare(rows.get(i - 1), rows.get(i)));
    }
    if (down > 0 || (down == 0 && endsWithItsHead(rows))) {
      List<StoreRow> turned = new ArrayList<>(rows);
      Collections.reverse(turned);
      return turned;
    }
    return rows;
  }

  private static int compare(StoreRow one, StoreRow two) {
    Double a = one.kernelTime();
    Double b = two.kernelTime();
    if (a != null && b != null && !a.equals(b)) {
      return Double.compare(a, b);
    }
    Instant first = one.time;
    Instant second = two.time;
    return first == null || second == null ? 0 : first.compareTo(second);
  }

  private @Nullable Double kernelTime() {
    Matcher stamp = STAMP.matcher(text);
    return stamp.find() ? Double.valueOf(stamp.group(1)) : null;
  }

  /** Where no time tells: whether a kill stands before its own head. */
  private static boolean endsWithItsHead(List<StoreRow> rows) {
    int head = -1;
    int kill = -1;
    for (int i = 0; i < rows.size(); i++) {
      LineRule rule = Classifier.classify(rows.get(i).text);
      head = rule == LineRule.INVOKED && head < 0 ? i : head;
      kill = rule == LineRule.KILLED && kill < 0 ? i : kill;
    }
    return kill >= 0 && head > kill;
  }
}

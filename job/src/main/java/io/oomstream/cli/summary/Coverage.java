package io.oomstream.cli.summary;

import io.oomstream.diagnosis.context.Messages;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * What a report covers, in words: without it nobody can tell an all-clear from a log that was not
 * understood.
 *
 * @param lost lines that look like a report's and are in none, or that could not be decoded
 */
public record Coverage(InputSummary read, long lost, Messages words) {

  /** Whether no line looks like the kernel's. */
  public boolean isOfNoKernel() {
    return read.kernelLines() == 0;
  }

  /** The sentence where there is no event: an all-clear only if there is nothing unread. */
  public List<String> nothing() {
    if (isOfNoKernel()) {
      return List.of(words.text("report.no-kernel", "lines", read.lines()));
    }
    List<String> sentences = new ArrayList<>();
    if (read.unread() > 0) {
      sentences.add(words.text("report.unread", "count", read.unread()));
      sentences.addAll(pieces());
    }
    if (lost > 0) {
      sentences.add(words.text("report.lost", "count", lost));
    }
    return sentences.isEmpty() ? List.of(words.text("report.nothing")) : sentences;
  }

  /** The first lines that were not understood behind a report's head. */
  public List<String> pieces() {
    List<String> pieces = new ArrayList<>();
    for (String piece : read.pieces()) {
      pieces.add("  " + words.text("report.label.unread") + "  " + piece);
    }
    return pieces;
  }

  /** Files, lines, how many look like the kernel's, from when to when. */
  public String sentence() {
    Instant first = read.first();
    Instant last = read.last();
    String span =
        first == null || last == null
            ? ""
            : words.text("report.read.span", "first", first, "last", last);
    return words.text(
            read.files() == 1 ? "report.read.one" : "report.read",
            "files",
            read.files(),
            "lines",
            read.lines(),
            "kernel",
            read.kernelLines())
        + span;
  }
}

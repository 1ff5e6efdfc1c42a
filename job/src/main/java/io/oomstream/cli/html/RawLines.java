package io.oomstream.cli.html;

import io.oomstream.cli.glossary.Glossary;
import io.oomstream.cli.report.EventNode;
import io.oomstream.cli.report.HtmlFacts;
import io.oomstream.cli.report.Incident;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The kernel's own lines of a block, each with its number and a place to link to. */
final class RawLines {

  private final Incident incident;
  private final List<String> lines;
  private final long first;

  RawLines(Incident incident) {
    this.incident = incident;
    this.lines = incident.block().texts("lines");
    this.first = firstNumber(incident.block().at("block"), lines.size());
  }

  /** The log's own numbers where the block's lines stand together there, else from 1. */
  private static long firstNumber(EventNode block, int size) {
    Long first = block.at("first").number("offset");
    Long last = block.at("last").number("offset");
    return first != null && last != null && last - first + 1 == size ? first : 1;
  }

  boolean isEmpty() {
    return lines.isEmpty();
  }

  /** The number of the line that an evidence was read from; null if it is not in the block. */
  @Nullable Long find(@Nullable String text) {
    if (text == null || text.isBlank()) {
      return null;
    }
    int index = lines.indexOf(text);
    String wanted = text.strip();
    for (int i = 0; i < lines.size() && index < 0; i++) {
      if (lines.get(i).contains(wanted)) {
        index = i;
      }
    }
    return index < 0 ? null : Long.valueOf(first + index);
  }

  String anchor(long number) {
    return incident.anchor() + "-l" + number;
  }

  /**
   * Writes them.
   *
   * @param terms gets the words that the glossary explains
   */
  void write(HtmlWriter out, PageWords words, Set<String> terms) {
    if (lines.isEmpty()) {
      return;
    }
    out.raw("<details class=\"raw\"><summary><h3>").text(words.text("raw"));
    out.raw("</h3> <span>").text(words.text("raw.lines", "count", lines.size()));
    out.raw("</span></summary>\n<div class=\"scroll\" tabindex=\"0\"><pre>");
    long number = first;
    for (List<String> record : HtmlFacts.lines(incident.block())) {
      boolean row = record.size() == 1 && isRow(record.get(0));
      List<String> used = row ? List.of() : uses(record, Glossary.in(words.language()), terms);
      out.raw(row ? "<span class=\"r\" id=\"" : "<span id=\"").raw(anchor(number));
      out.raw(used.isEmpty() ? "\"><i>" : "\" data-w=\"" + String.join(" ", used) + "\"><i>");
      out.raw(String.valueOf(number) + "</i>").text(String.join("\n", record));
      out.raw("\n</span>");
      number++;
    }
    out.raw("</pre></div></details>\n");
  }

  /** Each word's begin and end in the record's text. */
  private static List<String> uses(List<String> record, Glossary glossary, Set<String> terms) {
    List<String> places = new ArrayList<>();
    int offset = 0;
    for (String line : record) {
      for (Glossary.Use use : glossary.uses(line)) {
        places.add((offset + use.start()) + "-" + (offset + use.end()));
        terms.add(use.name());
      }
      offset += line.length() + 1;
    }
    return places;
  }

  /** Of the task table: its figures are explained by the table's head. */
  static boolean isRow(String line) {
    String text = line.strip();
    int close = text.indexOf(']');
    if (!text.startsWith("[") || close < 0) {
      return false;
    }
    String inside = text.substring(1, close).strip();
    return !inside.isEmpty() && inside.chars().allMatch(c -> c >= '0' && c <= '9');
  }
}

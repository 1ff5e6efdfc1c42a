package io.oomstream.cli.input.paste;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Lines that a paste wrote into one: carriage returns and form feeds, HTML's breaks, newlines
 * written as {@code \n}, syslog's counted messages, and texts that lost their newlines.
 */
final class PasteLines {

  /** That many in one line can't be the text of one record. */
  private static final int MANY = 4;

  private static final Pattern BREAK = Pattern.compile("(?i)<br ?/?>|</(?:tr|p|li|div)>");
  private static final Pattern ESCAPED = Pattern.compile("(?:\\\\r)?\\\\n");
  private static final Pattern STAMP =
      Pattern.compile("(?:<[0-9]{1,3}>)?\\[ *[0-9]+\\.[0-9]{6}\\]");
  private static final Pattern SYSLOG =
      Pattern.compile("[A-Z][a-z]{2} [ 0-9][0-9] [0-9]{2}:[0-9]{2}:[0-9]{2} \\S{1,80} kernel: ");

  /** RFC 6587's octet counting. */
  private static final Pattern COUNTED = Pattern.compile("([0-9]{1,5}) (?=<[0-9]{1,3}>)");

  private PasteLines() {}

  static List<LineRead> apart(List<LineRead> given) {
    List<LineRead> lines = joined(given);
    long returns = 0;
    for (LineRead line : lines) {
      returns += inner(line.text());
    }
    boolean old = returns > 2L * lines.size();
    List<LineRead> out = new ArrayList<>(lines.size());
    for (LineRead line : lines) {
      if (line.text().startsWith("{")) {
        out.add(line);
        continue;
      }
      for (String part : controls(line.text(), old)) {
        for (String one : parts(part)) {
          out.add(new LineRead(line.number(), one, 0, null));
        }
      }
    }
    return out;
  }

  /** Lines that a shell's way of writing broke: a backslash at the same column of many. */
  private static List<LineRead> joined(List<LineRead> lines) {
    int width = 0;
    int count = 0;
    for (LineRead line : lines) {
      String text = line.text();
      if (text.endsWith("\\") && text.length() >= width) {
        count = text.length() > width ? 1 : count + 1;
        width = text.length();
      }
    }
    if (count < MANY) {
      return lines;
    }
    List<LineRead> out = new ArrayList<>(lines.size());
    StringBuilder whole = new StringBuilder();
    long number = 0;
    boolean goesOn = false;
    for (LineRead line : lines) {
      number = goesOn ? number : line.number();
      goesOn = line.text().length() == width && line.text().endsWith("\\");
      whole.append(line.text(), 0, goesOn ? width - 1 : line.text().length());
      if (!goesOn) {
        out.add(new LineRead(number, whole.toString(), 0, null));
        whole.setLength(0);
      }
    }
    if (goesOn) {
      out.add(new LineRead(number, whole.toString(), 0, null));
    }
    return out;
  }

  /** Carriage returns with text behind them. */
  private static int inner(String text) {
    int count = 0;
    for (int at = text.indexOf('\r'); at >= 0; at = text.indexOf('\r', at + 1)) {
      count += at + 1 < text.length() && text.charAt(at + 1) != '\r' ? 1 : 0;
    }
    return count;
  }

  /** A terminal goes back to the first column; what then has a stamp is a line of its own. */
  private static List<String> controls(String text, boolean old) {
    if (text.indexOf('\f') < 0 && text.indexOf('\r') < 0) {
      return List.of(text);
    }
    List<String> parts = new ArrayList<>();
    int from = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean divides = c == '\f';
      if (c == '\r' && i + 1 < text.length()) {
        Matcher stamp = STAMP.matcher(text).region(i + 1, text.length());
        divides = old || stamp.lookingAt();
      }
      if (divides) {
        parts.add(text.substring(from, i));
        from = i + 1;
      }
    }
    parts.add(text.substring(from));
    parts.removeIf(part -> parts.size() > 1 && part.isBlank());
    return parts;
  }

  private static List<String> parts(String text) {
    if (text.length() < 200) {
      return List.of(text);
    }
    if (COUNTED.matcher(text).lookingAt()) {
      return counted(text);
    }
    if (text.indexOf('<') >= 0 && count(BREAK, text) >= MANY) {
      return List.of(BREAK.split(text));
    }
    if (text.indexOf('\\') >= 0 && count(ESCAPED, text) >= MANY) {
      return escaped(text);
    }
    if (text.indexOf('[') >= 0 && count(STAMP, text) >= MANY) {
      return before(STAMP, text);
    }
    return text.contains(" kernel: ") && count(SYSLOG, text) >= MANY
        ? before(SYSLOG, text)
        : List.of(text);
  }

  private static int count(Pattern pattern, String text) {
    Matcher found = pattern.matcher(text);
    int count = 0;
    while (count < MANY && found.find()) {
      count++;
    }
    return count;
  }

  private static List<String> escaped(String text) {
    String bare = text.strip();
    char quote = bare.charAt(0);
    if ((quote == '"' || quote == '\'') && bare.length() > 1) {
      bare = bare.substring(1);
      int end = bare.lastIndexOf(quote);
      bare = end >= 0 && end >= bare.length() - 2 ? bare.substring(0, end) : bare;
    }
    List<String> parts = new ArrayList<>();
    for (String part : ESCAPED.split(bare)) {
      parts.add(Escapes.undone(part));
    }
    return parts;
  }

  private static List<String> before(Pattern pattern, String text) {
    List<String> parts = new ArrayList<>();
    Matcher found = pattern.matcher(text);
    int from = 0;
    while (found.find()) {
      if (found.start() > from) {
        parts.add(text.substring(from, found.start()).stripTrailing());
      }
      from = found.start();
    }
    parts.add(text.substring(from));
    return parts;
  }

  private static List<String> counted(String text) {
    List<String> parts = new ArrayList<>();
    int from = 0;
    Matcher count = COUNTED.matcher(text);
    while (count.region(from, text.length()).lookingAt()) {
      int end = Math.min(text.length(), count.end() + Integer.parseInt(count.group(1)));
      parts.add(text.substring(count.end(), end));
      from = end;
    }
    if (from < text.length()) {
      parts.add(text.substring(from));
    }
    return parts;
  }
}

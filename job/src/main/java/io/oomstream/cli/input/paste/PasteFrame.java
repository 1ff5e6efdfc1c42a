package io.oomstream.cli.input.paste;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a tool put before and behind every line, whatever it is: its own times, names of pods and
 * files, list marks, quotes of a programming language. It is learnt from lines of a report that
 * have one beginning only, and taken from all lines that have the same.
 */
final class PasteFrame {

  /** How lines of a report begin whose beginning never varies. */
  private static final List<String> BEGINNINGS =
      List.of(
          "Mem-Info:",
          "active_anon:",
          "lowmem_reserve[]:",
          "Free swap ",
          "Total swap ",
          "Tasks state (memory values in pages):",
          "oom-kill:constraint=",
          "Out of memory: ",
          "Memory cgroup out of memory: ",
          "oom_reaper: reaped process ",
          "Call Trace:",
          "Call trace:",
          "CPU: ",
          "Hardware name: ",
          "memory: usage ",
          "swap: usage ",
          "Memory cgroup stats for ",
          "Unreclaimable slab info:");

  /** Of these nothing follows. */
  private static final Set<String> WHOLE =
      Set.of(
          "Mem-Info:",
          "Tasks state (memory values in pages):",
          "Call Trace:",
          "Call trace:",
          "Unreclaimable slab info:");

  private static final Pattern STAMP =
      Pattern.compile("(?:<[0-9]{1,3}>)?\\[ *[0-9]+\\.[0-9]{6}\\](?:\\[ *[TC][0-9]+\\])? ?$");

  /** A program's own line: what it quotes of the kernel's is not the kernel's. */
  private static final Pattern PROGRAM =
      Pattern.compile(".*?(?<![\\w.-])(?!kernel:)[A-Za-z][\\w./-]*(?:\\[[0-9]+\\])?: +$");

  /** An object around the text, which has a reader of its own. */
  private static final Pattern RECORD = Pattern.compile("\\{\"[^\"]*\": *[\"0-9\\[{]");

  private static final Pattern TOKEN = Pattern.compile("[ \t]+|[A-Za-z0-9]+|.");
  private static final Pattern DATE_WORD =
      Pattern.compile(
          "Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec|Mon|Tue|Wed|Thu|Fri|Sat|Sun");

  /** What is longer is a text. A regular expression made of it could be too deep to match. */
  private static final int LONGEST = 300;

  private static final int FEWEST_BEGINNINGS = 3;
  private static final int FEWEST_OF_SHAPE = 2;

  private final LineRead.Reader reader;

  PasteFrame(LineRead.Reader reader) {
    this.reader = reader;
  }

  private record Shape(Pattern pattern, char quote, int count) {}

  List<LineRead> removed(List<LineRead> lines) {
    List<Shape> shapes = shapes(lines);
    List<LineRead> out = lines;
    char quote = 0;
    if (!shapes.isEmpty()) {
      out = new ArrayList<>(lines);
      for (int i = 0; i < out.size(); i++) {
        out.set(i, without(out.get(i), shapes));
      }
      quote = shapes.get(0).quote();
    }
    return new PasteTails(reader, WHOLE, RECORD).removed(out, quote);
  }

  private List<Shape> shapes(List<LineRead> lines) {
    Map<String, Integer> counts = new HashMap<>();
    Map<String, Character> quotes = new HashMap<>();
    Set<String> beginnings = new HashSet<>();
    for (LineRead line : lines) {
      String beginning = beginningIn(line.text());
      String frame = beginning == null ? null : frameOf(line, beginning);
      if (beginning != null && frame != null) {
        String shape = shapeOf(frame);
        counts.merge(shape, 1, Integer::sum);
        quotes.put(shape, quoteOf(frame));
        beginnings.add(beginning);
      }
    }
    List<Shape> shapes = new ArrayList<>();
    if (beginnings.size() >= FEWEST_BEGINNINGS) {
      counts.forEach(
          (shape, count) -> {
            if (count >= FEWEST_OF_SHAPE) {
              char quote = quotes.getOrDefault(shape, (char) 0);
              shapes.add(new Shape(Pattern.compile(shape), quote, count));
            }
          });
    }
    shapes.sort(
        Comparator.comparingInt((Shape s) -> -s.count()).thenComparing(s -> s.pattern().pattern()));
    return shapes;
  }

  private static @Nullable String beginningIn(String text) {
    for (String beginning : BEGINNINGS) {
      if (text.contains(beginning)) {
        return beginning;
      }
    }
    return null;
  }

  /** What stands before the kernel's text and its stamp; null if that is nothing or no frame. */
  private static @Nullable String frameOf(LineRead line, String beginning) {
    int at = line.text().indexOf(beginning);
    if (line.head() == at || at > LONGEST) {
      return null;
    }
    String before = line.text().substring(0, at);
    Matcher stamp = STAMP.matcher(before);
    String frame = stamp.find() ? before.substring(0, stamp.start()) : before;
    boolean program = PROGRAM.matcher(frame).matches() && !frame.endsWith("kernel: ");
    return frame.isBlank() || program || RECORD.matcher(frame).find() ? null : frame;
  }

  private static char quoteOf(String frame) {
    char last = frame.charAt(frame.length() - 1);
    return last == '"' || last == '\'' || last == '`' ? last : 0;
  }

  /** Words as they are, figures and blanks of any length; the last blanks as many as there are. */
  private static String shapeOf(String frame) {
    StringBuilder shape = new StringBuilder();
    Matcher token = TOKEN.matcher(frame);
    while (token.find()) {
      String text = token.group();
      boolean last = token.end() == frame.length();
      if (text.isBlank()) {
        shape.append(last ? "(?:" + Pattern.quote(text) + "|$)" : "[ \\t]*");
      } else if (last && (text.equals(":") || text.equals("-"))) {
        shape.append("[:-]"); // grep: lines that match, and those around them
      } else if (text.chars().allMatch(Character::isDigit)) {
        shape.append("[0-9]+");
      } else if (text.chars().anyMatch(Character::isDigit)) {
        shape.append("[A-Za-z0-9]+");
      } else if (DATE_WORD.matcher(text).matches()) {
        shape.append("[A-Z][a-z]{2}");
      } else {
        shape.append(Pattern.quote(text));
      }
    }
    return shape.toString();
  }

  private LineRead without(LineRead line, List<Shape> shapes) {
    for (Shape shape : shapes) {
      Matcher frame = shape.pattern().matcher(line.text());
      if (frame.lookingAt() && !(line.isStrong() && line.head() >= frame.end())) {
        return reader.read(line.number(), line.text().substring(frame.end()));
      }
    }
    return line;
  }
}

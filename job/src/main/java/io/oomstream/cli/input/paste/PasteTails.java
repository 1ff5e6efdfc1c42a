package io.oomstream.cli.input.paste;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a tool put behind every line: blanks up to the width of a window, a comma and a quote. It is
 * learnt from lines whose end is known.
 */
final class PasteTails {

  /** Ends of {@code invoked oom-killer} and of {@code Killed process}. */
  private static final Pattern ADJ = Pattern.compile("oom_score_adj[=:]-?[0-9]+");

  private static final int FEWEST = 2;

  private final LineRead.Reader reader;
  private final Set<String> whole;
  private final Pattern record;

  /**
   * @param whole lines of which nothing follows
   * @param record what makes a line a record with a reader of its own
   */
  PasteTails(LineRead.Reader reader, Set<String> whole, Pattern record) {
    this.reader = reader;
    this.record = record;
    this.whole = whole;
  }

  /**
   * @param quote that stood before every line; 0 if none did
   */
  List<LineRead> removed(List<LineRead> lines, char quote) {
    String tail = tailOf(lines);
    if (tail == null) {
      return lines;
    }
    String less = tail.endsWith(",") ? tail.substring(0, tail.length() - 1) : tail;
    int with = 0;
    int all = 0;
    for (LineRead line : lines) {
      String text = line.text();
      all += text.isBlank() ? 0 : 1;
      boolean padded = !text.isEmpty() && text.charAt(text.length() - 1) <= ' ';
      with += tail.isEmpty() ? (padded ? 1 : 0) : text.stripTrailing().endsWith(tail) ? 1 : 0;
    }
    if (with * 2 < all) {
      return lines;
    }
    boolean quoted = quote != 0 && quote != '`' && tail.indexOf(quote) >= 0;
    List<LineRead> out = new ArrayList<>(lines.size());
    for (LineRead line : lines) {
      String text = line.text().stripTrailing();
      if (!tail.isEmpty() && text.endsWith(tail)) {
        text = text.substring(0, text.length() - tail.length()).stripTrailing();
      } else if (!less.isEmpty() && text.endsWith(less)) {
        text = text.substring(0, text.length() - less.length());
      }
      text = quoted ? unquoted(text, quote) : text;
      out.add(text.equals(line.text()) ? line : reader.read(line.number(), text));
    }
    return out;
  }

  private static String unquoted(String text, char quote) {
    String doubled = "" + quote + quote;
    return Escapes.undone(text.contains(doubled) ? text.replace(doubled, "" + quote) : text);
  }

  /** Empty for blanks alone; null where lines end as the kernel ended them. */
  private @Nullable String tailOf(List<LineRead> lines) {
    Map<String, Integer> counts = new HashMap<>();
    for (LineRead line : lines) {
      String tail = record.matcher(line.text()).find() ? null : tailOf(line.body());
      if (tail != null && !(tail.isEmpty())) {
        counts.merge(tail.strip(), 1, Integer::sum);
      } else if (tail != null) {
        counts.merge("\n", 1, Integer::sum);
      }
    }
    String most = null;
    for (Map.Entry<String, Integer> tail : counts.entrySet()) {
      if (most == null || tail.getValue() > counts.getOrDefault(most, 0)) {
        most = tail.getKey();
      }
    }
    boolean learnt = most != null && counts.getOrDefault(most, 0) >= FEWEST;
    return learnt && !"\n".equals(most) ? most : null;
  }

  private @Nullable String tailOf(String body) {
    for (String one : whole) {
      if (body.startsWith(one)) {
        return body.substring(one.length());
      }
    }
    Matcher adj = ADJ.matcher(body);
    return body.length() < 400 && adj.find() && body.lastIndexOf("oom_score_adj") == adj.start()
        ? body.substring(adj.end())
        : null;
  }
}

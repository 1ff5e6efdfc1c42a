package io.oomstream.snapshot;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A file of names and numbers, one pair a line: {@code /proc/vmstat}, a control group's {@code
 * memory.stat} and {@code memory.events}.
 */
record Counters(Map<String, Long> values) {

  /** Null where no line is such a pair. */
  static @Nullable Counters parse(String text) {
    Map<String, Long> values = new HashMap<>();
    for (String line : ProcText.lines(text)) {
      List<String> words = ProcText.words(line);
      Long value = words.size() == 2 ? ProcText.number(words.get(1)) : null;
      if (value != null) {
        values.put(words.get(0), value);
      }
    }
    return values.isEmpty() ? null : new Counters(values);
  }

  @Nullable Long get(String name) {
    return values.get(name);
  }

  /**
   * The sum of a counter that is split by zone, as {@code allocstall} is since 4.10; null if none.
   */
  @Nullable Long sumOf(String prefix) {
    Long sum = null;
    for (Map.Entry<String, Long> entry : values.entrySet()) {
      if (entry.getKey().equals(prefix) || entry.getKey().startsWith(prefix + "_")) {
        sum = (sum == null ? 0 : sum) + entry.getValue();
      }
    }
    return sum;
  }
}

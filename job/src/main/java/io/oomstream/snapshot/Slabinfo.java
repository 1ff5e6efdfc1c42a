package io.oomstream.snapshot;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * {@code /proc/slabinfo}, versions 2.0 and 2.1 ({@code mm/slab_common.c: print_slabinfo_header}).
 *
 * @param caches total bytes by cache: all objects, used or not, as OOM dumps print them
 */
record Slabinfo(Map<String, Long> caches) {

  static final String TITLE = "slabinfo - version: ";

  private static final int FIGURES = 5;

  /** Null for what is not such a table. */
  static @Nullable Slabinfo parse(String text) {
    List<String> lines = ProcText.lines(text);
    if (lines.isEmpty() || !lines.get(0).startsWith(TITLE + "2.")) {
      return null;
    }
    Map<String, Long> caches = new LinkedHashMap<>();
    for (String line : lines) {
      if (!line.startsWith("#") && !line.startsWith(TITLE)) {
        row(line, caches);
      }
    }
    return caches.isEmpty() ? null : new Slabinfo(caches);
  }

  /** The figures are read from their end, since a cache's name may hold spaces. */
  private static void row(String line, Map<String, Long> caches) {
    int end = line.indexOf(" : tunables");
    List<String> words = ProcText.words(end < 0 ? line : line.substring(0, end));
    int name = words.size() - FIGURES;
    if (name < 1) {
      return;
    }
    Long objects = ProcText.number(words.get(name + 1));
    Long size = ProcText.number(words.get(name + 2));
    if (objects == null || size == null || objects < 0 || size < 0) {
      return;
    }
    Long bytes = ProcText.product(objects, size);
    if (bytes != null) {
      caches.put(String.join(" ", words.subList(0, name)), bytes);
    }
  }
}

package io.oomstream.diagnosis.context;

import io.oomstream.event.section.Tasks;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Names of tasks that are one user of memory: workers that are numbered ({@code mapper-17}), that
 * say what they do behind a colon ({@code postgres: writer}), and the processes of one browser.
 */
public final class Families {

  /** Names of the processes of Firefox and of WebKit, cut to 15 bytes as the kernel has them. */
  private static final Map<String, String> BROWSERS =
      Map.ofEntries(
          Map.entry("firefox-bin", "firefox"),
          Map.entry("firefox-esr", "firefox"),
          Map.entry("Web Content", "firefox"),
          Map.entry("Isolated Web Co", "firefox"),
          Map.entry("Isolated Servic", "firefox"),
          Map.entry("WebExtensions", "firefox"),
          Map.entry("Privileged Cont", "firefox"),
          Map.entry("Socket Process", "firefox"),
          Map.entry("RDD Process", "firefox"),
          Map.entry("Utility Process", "firefox"),
          Map.entry("file:// Content", "firefox"),
          Map.entry("WebKitWebProces", "WebKit"),
          Map.entry("WebKitNetworkPr", "WebKit"),
          Map.entry("WebKitGPUProces", "WebKit"));

  private static final String SEPARATORS = "-_./:#@ ";
  private static final int DEEPEST = 3;

  /** A digit at a name's end is a version as often as a number: only several names are workers. */
  private static final int FEWEST_NUMBERED = 3;

  private final Map<String, String> familyOf = new HashMap<>();

  private Families() {}

  /** The families of a table; each name is its own where there is none. */
  public static Families of(@Nullable Tasks tasks) {
    Families families = new Families();
    if (tasks != null) {
      Set<String> names = new HashSet<>();
      for (Tasks.Row row : tasks.rows()) {
        if (row.comm() != null) {
          names.add(row.comm());
        }
      }
      families.group(names);
    }
    return families;
  }

  private void group(Set<String> names) {
    Map<String, Set<String>> separated = new HashMap<>();
    Map<String, Set<String>> numbered = new HashMap<>();
    for (String name : names) {
      String stem = stem(name);
      separated.computeIfAbsent(stem, s -> new HashSet<>()).add(name);
      numbered.computeIfAbsent(withoutDigits(stem), s -> new HashSet<>()).add(name);
    }
    for (String name : names) {
      String stem = stem(name);
      String bare = withoutDigits(stem);
      if (numbered.getOrDefault(bare, Set.of()).size() >= FEWEST_NUMBERED) {
        familyOf.put(name, bare);
      } else if (separated.getOrDefault(stem, Set.of()).size() > 1) {
        familyOf.put(name, stem);
      }
    }
  }

  /** The family's name; the name itself where it has none. */
  public String of(@Nullable String comm) {
    String name = comm == null ? "" : comm;
    return familyOf.getOrDefault(name, name);
  }

  /** The rows of a name's family. */
  public List<Tasks.Row> rows(@Nullable Tasks tasks, @Nullable String comm) {
    String family = of(comm);
    return tasks == null
        ? List.of()
        : tasks.rows().stream().filter(row -> of(row.comm()).equals(family)).toList();
  }

  private static String stem(String name) {
    String browser = BROWSERS.get(name);
    if (browser != null) {
      return browser;
    }
    int colon = name.indexOf(": ");
    String stem = colon > 0 ? name.substring(0, colon) : withoutBrackets(name);
    for (int i = 0; i < DEEPEST; i++) {
      String shorter = withoutDigits(stem);
      int end = shorter.length() - 1;
      if (shorter.equals(stem) || end < 1 || SEPARATORS.indexOf(shorter.charAt(end)) < 0) {
        return stem;
      }
      stem = shorter.substring(0, end);
    }
    return stem;
  }

  /** {@code worker[17]} and {@code worker (17)} as {@code worker17}. */
  private static String withoutBrackets(String name) {
    char last = name.isEmpty() ? ' ' : name.charAt(name.length() - 1);
    int open = last == ']' ? name.lastIndexOf('[') : last == ')' ? name.lastIndexOf('(') : -1;
    String inside = open < 1 ? "" : name.substring(open + 1, name.length() - 1);
    boolean number = !inside.isEmpty() && inside.chars().allMatch(c -> c >= '0' && c <= '9');
    return number ? name.substring(0, open).stripTrailing() + inside : name;
  }

  /** Never all of it. */
  private static String withoutDigits(String name) {
    int end = name.length();
    while (end > 1 && name.charAt(end - 1) >= '0' && name.charAt(end - 1) <= '9') {
      end--;
    }
    return name.substring(0, end);
  }
}

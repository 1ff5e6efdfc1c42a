package io.oomstream.block.victim;

import static java.util.stream.Collectors.toUnmodifiableSet;

import io.oomstream.assemble.segment.CutMark;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * What the columns between the pid and the name mean, by the header's names or by the row's form.
 */
final class TaskColumns {

  private static final String UID = "uid";
  private static final String TGID = "tgid";
  private static final String TOTAL_VM = "total_vm";
  private static final String RSS = "rss";
  private static final String ADJ = "oom_score_adj";
  private static final String UNKNOWN = "";

  /** {@code mm/oom_kill.c: dump_task} pads the pid to seven places since 4.19. */
  private static final int MODERN_WIDTH = 7;

  private static final List<String> V2_6_25 = List.of(UID, TGID, TOTAL_VM, RSS, "cpu", "oom_adj");
  private static final List<String> V2_6_36 =
      List.of(UID, TGID, TOTAL_VM, RSS, "cpu", "oom_adj", ADJ);
  private static final List<String> V3_6 =
      List.of(UID, TGID, TOTAL_VM, RSS, "nr_ptes", "swapents", ADJ);
  private static final List<String> V4_0 =
      List.of(UID, TGID, TOTAL_VM, RSS, "nr_ptes", "nr_pmds", "swapents", ADJ);
  private static final List<String> V4_15 =
      List.of(UID, TGID, TOTAL_VM, RSS, "pgtables_bytes", "swapents", ADJ);
  private static final List<String> V6_8 =
      List.of(
          UID,
          TGID,
          TOTAL_VM,
          RSS,
          "rss_anon",
          "rss_file",
          "rss_shmem",
          "pgtables_bytes",
          "swapents",
          ADJ);

  /** Those of {@code mm/oom_kill.c: dump_tasks}, each named by the first release that prints it. */
  private static final List<List<String>> LAYOUTS =
      List.of(V2_6_25, V2_6_36, V3_6, V4_0, V4_15, V6_8);

  /** What every layout begins with. */
  private static final List<String> SHARED = List.of(UID, TGID, TOTAL_VM, RSS);

  private static final long LARGEST_ADJ = 1_000;

  /** No page table of an architecture is smaller than m68k's. */
  private static final long SMALLEST_TABLE = 256;

  private static final long LARGEST_ID = (1L << 32) - 1;

  /** {@code include/linux/threads.h: PID_MAX_LIMIT}. */
  private static final long LARGEST_PID = 1L << 22;

  private static final Set<String> KNOWN =
      LAYOUTS.stream().flatMap(List::stream).collect(toUnmodifiableSet());

  private TaskColumns() {}

  /**
   * Whether the columns are as wide as {@code mm/oom_kill.c: dump_task} pads them: a lost byte
   * makes two narrow ones of one.
   *
   * @param from where the columns begin
   * @param ends behind each number
   */
  static boolean areWide(List<String> names, int from, int[] ends) {
    int start = from;
    for (int i = 0; i < ends.length; i++) {
      if (ends[i] - start < 1 + widthOf(names.get(i))) {
        return false;
      }
      start = ends[i];
    }
    return true;
  }

  private static boolean isWide(TaskRow row, List<String> layout) {
    int[] ends = new int[layout.size()];
    return row.numbers(layout.size(), ends) != null && areWide(layout, row.numbersFrom(), ends);
  }

  /** What {@code dump_task} prints with a sign; a count below zero was damaged on the way. */
  static boolean isSigned(String name) {
    return name.equals(UID) || name.equals(ADJ) || name.equals("oom_adj");
  }

  private static int widthOf(String name) {
    return switch (name) {
      case UID, TGID -> 5;
      case TOTAL_VM, RSS, "rss_anon", "rss_file", "pgtables_bytes", "swapents" -> 8;
      case "rss_shmem" -> 9;
      case "nr_ptes", "nr_pmds" -> 7;
      case ADJ -> 13;
      default -> 1;
    };
  }

  /** Whether the header was cut at the right: then its last word may be no whole name. */
  static boolean isCut(String header) {
    return !header.endsWith(" name") && !header.contains(" name ");
  }

  /** Whether a column can hold the number: {@code include/uapi/linux/oom.h} bounds both scales. */
  static boolean isPossible(String name, long number) {
    return switch (name) {
      case ADJ -> number >= -LARGEST_ADJ && number <= LARGEST_ADJ;
      case "oom_adj" -> number >= -17 && number <= 15;
      case UID -> number >= 0 && number <= LARGEST_ID;
      case TGID -> number >= 0 && number <= LARGEST_PID;
      default -> true;
    };
  }

  /** Whether these are all columns before the name, and not the first ones only. */
  static boolean areAll(List<String> names) {
    return names.contains(ADJ) || names.contains("oom_adj") || !KNOWN.containsAll(names);
  }

  /**
   * The names between the bracket and {@code name}; empty if this is no whole header. A single name
   * that no kernel prints, where all others are those of one layout, was damaged on the way.
   */
  static List<String> ofHeader(String text) {
    List<String> names = new ArrayList<>();
    int close = text.indexOf(']');
    for (String word : text.substring(close + 1).trim().split(" +")) {
      if (word.equals("name")) {
        return names.size() <= TaskRow.MAX_COLUMNS ? mended(names) : List.of();
      }
      if (!isName(word)) {
        return CutMark.at(word) < word.length() ? begun(names) : List.of();
      }
      names.add(word);
    }
    return names.isEmpty() ? List.of() : begun(names.subList(0, names.size() - 1));
  }

  /** The only layout that begins so; the names alone if there are several, or none. */
  private static List<String> begun(List<String> names) {
    List<String> found = List.of();
    for (List<String> layout : LAYOUTS) {
      if (layout.size() >= names.size() && layout.subList(0, names.size()).equals(names)) {
        if (!found.isEmpty()) {
          return List.copyOf(names);
        }
        found = layout;
      }
    }
    return found.isEmpty() && KNOWN.containsAll(names) ? List.copyOf(names) : found;
  }

  private static boolean isName(String word) {
    return word.chars().allMatch(c -> (c >= 'a' && c <= 'z') || c == '_' || c == '-');
  }

  private static List<String> mended(List<String> names) {
    if (names.stream().allMatch(KNOWN::contains)) {
      return names;
    }
    List<String> found = List.of();
    for (List<String> layout : LAYOUTS) {
      if (layout.size() == names.size() && differences(layout, names) == 1) {
        if (!found.isEmpty()) {
          return names;
        }
        found = layout;
      }
    }
    return found.isEmpty() ? names : found;
  }

  private static int differences(List<String> a, List<String> b) {
    int count = 0;
    for (int i = 0; i < a.size(); i++) {
      count += a.get(i).equals(b.get(i)) ? 0 : 1;
    }
    return count;
  }

  /**
   * The header's names; by the rows' form where it is lost, or was damaged and does not fit them.
   */
  static List<String> of(List<String> header, List<TaskRow> rows) {
    boolean damaged =
        !KNOWN.containsAll(header) && !rows.isEmpty() && usualCount(rows) != header.size();
    return header.isEmpty() || damaged ? ofRows(rows) : header;
  }

  /**
   * How many numbers most rows have, the fewest of equals: a name may begin with numbers, and a row
   * may have lost some.
   */
  private static int usualCount(List<TaskRow> rows) {
    int[] counts = new int[TaskRow.MAX_COLUMNS + 1];
    for (TaskRow row : rows) {
      counts[row.countNumbers()]++;
    }
    int usual = 0;
    for (int i = 1; i < counts.length; i++) {
      usual = counts[i] > counts[usual] ? i : usual;
    }
    return usual;
  }

  /** By the rows alone. A layout that gives a row an impossible figure is not theirs. */
  private static List<String> ofRows(List<TaskRow> all) {
    List<TaskRow> rows = all.stream().filter(row -> !row.isCut()).toList();
    List<String> guess = guessed(rows);
    int fitting = 0;
    int read = 0;
    for (TaskRow row : rows) {
      int[] ends = new int[guess.size()];
      long[] numbers = row.numbers(guess.size(), ends);
      if (numbers != null) {
        read++;
        boolean named = isName(row.text(), ends[ends.length - 1]);
        fitting += named && arePossible(guess, numbers) ? 1 : 0;
      }
    }
    boolean fits = fitting > 0 && fitting * 2 > read && read * 2 > rows.size();
    return fits ? guess : SHARED;
  }

  /** One blank divides the last column from the name; more stand before a further column. */
  private static boolean isName(String row, int end) {
    return end + 1 < row.length() && row.charAt(end + 1) != ' ';
  }

  private static boolean arePossible(List<String> names, long[] numbers) {
    for (int i = 0; i < numbers.length; i++) {
      boolean table = !names.get(i).equals("pgtables_bytes") || numbers[i] % SMALLEST_TABLE == 0;
      if (!table || !isPossible(names.get(i), numbers[i])) {
        return false;
      }
    }
    return true;
  }

  private static List<String> guessed(List<TaskRow> rows) {
    boolean modern = false;
    for (TaskRow row : rows) {
      modern |= row.bracketWidth() == MODERN_WIDTH && row.padded();
    }
    // By the padding, which a name that begins with numbers does not have.
    for (List<String> layout : List.of(V6_8, V4_0)) {
      if (rows.stream().anyMatch(row -> isWide(row, layout))) {
        return layout;
      }
    }
    int fewest = usualCount(rows);
    if (fewest >= 10) {
      return V6_8;
    }
    if (fewest >= 8) {
      return V4_0;
    }
    if (fewest == 7) {
      return modern ? V4_15 : List.of(UID, TGID, TOTAL_VM, RSS, UNKNOWN, UNKNOWN, ADJ);
    }
    return V2_6_25;
  }
}

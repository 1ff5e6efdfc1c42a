package io.oomstream.cli.html;

import io.oomstream.cli.report.EventNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Tasks of one name, numbers at its end left out, and what they have together. */
final class TaskFamilies {

  /** A family; sizes in bytes. */
  record Family(String name, long count, long rss, long swap, long pageTables) {

    Family with(EventNode task) {
      return new Family(
          name,
          count + 1,
          plus(rss, task, "rssBytes"),
          plus(swap, task, "swapBytes"),
          plus(pageTables, task, "pageTableBytes"));
    }

    private static long plus(long sum, EventNode task, String field) {
      Long bytes = task.number(field);
      long more = bytes == null ? 0 : bytes;
      return sum > Long.MAX_VALUE - Math.max(0, more) ? Long.MAX_VALUE : sum + more;
    }

    double held() {
      return (double) rss + swap + pageTables;
    }
  }

  private TaskFamilies() {}

  /** The families of more than one task, biggest first. */
  static List<Family> of(List<EventNode> tasks) {
    Map<String, Family> families = new LinkedHashMap<>();
    for (EventNode task : tasks) {
      String comm = task.text("comm");
      if (comm != null) {
        String name = nameOf(comm);
        families.merge(
            name, new Family(name, 0, 0, 0, 0).with(task), (family, one) -> family.with(task));
      }
    }
    List<Family> several = new ArrayList<>();
    families.values().stream().filter(f -> f.count() > 1).forEach(several::add);
    several.sort(Comparator.comparingDouble(Family::held).reversed().thenComparing(Family::name));
    return several;
  }

  /** {@code worker-12} is a {@code worker}; a name of nothing but numbers stays. */
  static String nameOf(String comm) {
    int end = comm.length();
    while (end > 0 && isNumbering(comm.charAt(end - 1))) {
      end--;
    }
    boolean numbered = comm.substring(end).chars().anyMatch(c -> c >= '0' && c <= '9');
    return end == 0 || !numbered ? comm : comm.substring(0, end);
  }

  private static boolean isNumbering(char c) {
    return (c >= '0' && c <= '9') || "-_/:.#".indexOf(c) >= 0;
  }
}

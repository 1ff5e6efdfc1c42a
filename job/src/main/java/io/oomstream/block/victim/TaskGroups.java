package io.oomstream.block.victim;

import io.oomstream.event.section.Tasks;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Sums over the task table. A sum of which no part is known is not known. */
final class TaskGroups {

  private static final Comparator<Tasks.Group> MOST_FIRST =
      Comparator.comparingLong(TaskGroups::weight)
          .reversed()
          .thenComparing(Comparator.comparingInt(Tasks.Group::count).reversed())
          .thenComparing(Tasks.Group::comm);

  private TaskGroups() {}

  /** Rows whose name was cut off belong to no group. */
  static List<Tasks.Group> byComm(List<Tasks.Row> rows) {
    Map<String, List<Tasks.Row>> groups = new LinkedHashMap<>();
    for (Tasks.Row row : rows) {
      String comm = row.comm();
      if (comm != null) {
        groups.computeIfAbsent(comm, c -> new ArrayList<>()).add(row);
      }
    }
    List<Tasks.Group> sums = new ArrayList<>(groups.size());
    groups.forEach(
        (comm, members) -> {
          Tasks.Totals total = totals(members);
          sums.add(
              new Tasks.Group(
                  comm,
                  members.size(),
                  total.rssBytes(),
                  total.swapBytes(),
                  total.pageTableBytes()));
        });
    sums.sort(MOST_FIRST);
    return sums;
  }

  static Tasks.Totals totals(List<Tasks.Row> rows) {
    return new Tasks.Totals(
        sum(rows, Tasks.Row::rssBytes),
        sum(rows, Tasks.Row::swapBytes),
        sum(rows, Tasks.Row::pageTableBytes));
  }

  private static @Nullable Long sum(
      List<Tasks.Row> rows, Function<Tasks.Row, @Nullable Long> figure) {
    Long sum = null;
    for (Tasks.Row row : rows) {
      Long value = figure.apply(row);
      if (value != null) {
        sum = sum == null ? value : Long.valueOf(sum + value);
      }
    }
    return sum;
  }

  private static long weight(Tasks.Group group) {
    return orZero(group.rssBytes()) + orZero(group.swapBytes()) + orZero(group.pageTableBytes());
  }

  private static long orZero(@Nullable Long value) {
    return value == null ? 0 : value;
  }
}

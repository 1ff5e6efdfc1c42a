package io.oomstream.local;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Which keys wait for which event time, milliseconds: one time for each. All that waits has its
 * turn at the end of time.
 */
final class Turns {

  private static final long LAST = Long.MAX_VALUE - 1;

  private final Map<String, Long> times = new HashMap<>();
  private final TreeMap<Long, TreeSet<String>> keys = new TreeMap<>();

  /**
   * Has a key wait for that time instead of any other.
   *
   * @param due null to wait for none
   */
  void set(String key, @Nullable Long due) {
    Long at = due == null ? null : Long.valueOf(Math.min(due, LAST));
    Long before = at == null ? times.remove(key) : times.put(key, at);
    if (before != null && !before.equals(at)) {
      TreeSet<String> others = keys.get(before);
      if (others != null && others.remove(key) && others.isEmpty()) {
        keys.remove(before);
      }
    }
    if (at != null && !at.equals(before)) {
      keys.computeIfAbsent(at, t -> new TreeSet<>()).add(key);
    }
  }

  /** Has a key wait for no later time than that. */
  void notAfter(String key, long due) {
    Long before = times.get(key);
    if (before == null || before > due) {
      set(key, due);
    }
  }

  /** The keys whose time has come, in the order of their times; they wait no more. */
  List<String> come(long eventTimeMs) {
    if (keys.isEmpty() || keys.firstKey() > eventTimeMs) {
      return List.of();
    }
    List<String> come = new ArrayList<>();
    while (!keys.isEmpty() && keys.firstKey() <= eventTimeMs) {
      come.addAll(keys.pollFirstEntry().getValue());
    }
    come.forEach(times::remove);
    return come;
  }
}

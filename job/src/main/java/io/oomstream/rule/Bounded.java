package io.oomstream.rule;

import java.util.List;

/** Lists that never grow over a limit. */
public final class Bounded {

  private Bounded() {}

  /** The last ones. */
  public static <T> List<T> newest(List<T> list, int limit) {
    return List.copyOf(
        list.size() <= limit ? list : list.subList(list.size() - limit, list.size()));
  }
}

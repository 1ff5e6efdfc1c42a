package io.oomstream.block;

import io.oomstream.block.text.Digits;
import io.oomstream.block.victim.KillList;
import io.oomstream.block.victim.TaskTable;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The machine's page size, which no line states: from figures that are printed in two units. */
final class PageSize {

  private static final long SMALLEST = 4 * Digits.KB;
  private static final long LARGEST = 256 * Digits.KB;
  private static final long FEWEST_PAGES = 64;

  /** Well under the square root of two, where the next size would be as near. */
  private static final double NEAR = 1.25;

  private PageSize() {}

  /** Null where the block does not tell. */
  static @Nullable Long of(Sections s, Map<Long, TaskTable.Task> tasks) {
    Long fromFreeLists = s.memory.freeLists().pageSizeBytes();
    if (fromFreeLists != null) {
      return fromFreeLists;
    }
    for (KillList.RawKill kill : s.kills.kills()) {
      TaskTable.Task task = tasks.get(kill.facts().pid());
      if (task != null) {
        Long size = exact(kill.facts().bytes("total-vm"), task.get("total_vm"));
        size = size != null ? size : exact(kill.facts().bytes("anon-rss"), task.get("rss_anon"));
        if (size != null) {
          return size;
        }
      }
    }
    return near(s, tasks);
  }

  /**
   * The only size by which rows and kill lines are about the same processes: between the two the
   * victim runs on, so they differ, but not by a factor of two.
   */
  private static @Nullable Long near(Sections s, Map<Long, TaskTable.Task> tasks) {
    Long found = null;
    for (KillList.RawKill kill : s.kills.kills()) {
      TaskTable.Task task = tasks.get(kill.facts().pid());
      Long size =
          task == null ? null : nearest(kill.facts().bytes("total-vm"), task.get("total_vm"));
      if (size != null && found != null && !size.equals(found)) {
        return null;
      }
      found = size != null ? size : found;
    }
    return found;
  }

  private static @Nullable Long nearest(@Nullable Long bytes, @Nullable Long pages) {
    if (bytes == null || pages == null || pages < FEWEST_PAGES) {
      return null;
    }
    for (long size = SMALLEST; size <= LARGEST; size *= 2) {
      double ratio = (double) bytes / pages / size;
      if (ratio > 1 / NEAR && ratio < NEAR) {
        return size;
      }
    }
    return null;
  }

  /** Bytes to a page, where it divides and a page can have that size. */
  private static @Nullable Long exact(@Nullable Long bytes, @Nullable Long pages) {
    if (bytes == null || pages == null || pages <= 0 || bytes % pages != 0) {
      return null;
    }
    long size = bytes / pages;
    boolean page = size >= SMALLEST && size <= LARGEST && Long.bitCount(size) == 1;
    return page ? Long.valueOf(size) : null;
  }
}

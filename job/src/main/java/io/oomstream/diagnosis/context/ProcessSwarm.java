package io.oomstream.diagnosis.context;

import io.oomstream.block.KernelBlock;
import io.oomstream.event.section.Tasks;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The tasks of the most frequent name or family of names, and what they hold together. No single
 * counter tells it: each task costs page tables, a kernel stack and slab objects, and the pages of
 * its own.
 *
 * @param count rows of the name in the task table
 * @param kernelBytes page tables, kernel stacks and slab objects, never more than the machine has
 *     of each
 * @param residentBytes pages that are not others'; shared ones counted once. None where lines are
 *     lost, since the others' rows may be among them
 * @param biggestOther the largest task of another name; null if there is none
 */
public record ProcessSwarm(
    String comm,
    int count,
    long kernelBytes,
    long residentBytes,
    Tasks.@Nullable Row biggestOther) {

  /** {@code THREAD_SIZE} of 64-bit kernels. */
  public static final long STACK_BYTES = 16 << 10;

  /** {@code task_struct}, {@code mm_struct}, signal handlers, files, credentials and some VMAs. */
  public static final long SLAB_BYTES = 16 << 10;

  static @Nullable ProcessSwarm of(KernelBlock block, Usage usage, Families families) {
    Tasks tasks = block.tasks();
    Tasks.Group group = mostFrequent(tasks, families);
    if (tasks == null || group == null) {
      return null;
    }
    long kernel =
        min(or0(group.pageTableBytes()), usage.pageTables())
            + min(group.count() * STACK_BYTES, usage.kernelStack())
            + min(group.count() * SLAB_BYTES, usage.unreclaimableSlab());
    long others = 0;
    Tasks.Row biggest = null;
    for (Tasks.Row row : tasks.rows()) {
      if (!families.of(row.comm()).equals(group.comm())) {
        others += or0(row.rssBytes());
        if (biggest == null || Usage.held(row) > Usage.held(biggest)) {
          biggest = row;
        }
      }
    }
    Long lists = usage.processPages();
    boolean whole = block.info().complete();
    long left = !whole ? 0 : lists == null ? Long.MAX_VALUE : Math.max(0, lists - others);
    long resident = Math.min(or0(group.rssBytes()), left);
    return new ProcessSwarm(group.comm(), group.count(), kernel, resident, biggest);
  }

  public long heldBytes() {
    return kernelBytes + residentBytes;
  }

  /** Of a name or a family of names; sums where a figure is known. */
  private static Tasks.@Nullable Group mostFrequent(@Nullable Tasks tasks, Families families) {
    Map<String, Tasks.Group> byFamily = new LinkedHashMap<>();
    if (tasks != null) {
      for (Tasks.Group group : tasks.byComm()) {
        String family = families.of(group.comm());
        Tasks.Group before = byFamily.get(family);
        byFamily.put(
            family,
            before == null
                ? new Tasks.Group(
                    family,
                    group.count(),
                    group.rssBytes(),
                    group.swapBytes(),
                    group.pageTableBytes())
                : new Tasks.Group(
                    family,
                    before.count() + group.count(),
                    Usage.plus(before.rssBytes(), group.rssBytes()),
                    Usage.plus(before.swapBytes(), group.swapBytes()),
                    Usage.plus(before.pageTableBytes(), group.pageTableBytes())));
      }
    }
    Tasks.Group best = null;
    for (Tasks.Group group : byFamily.values()) {
      if (best == null || group.count() > best.count()) {
        best = group;
      }
    }
    return best;
  }

  private static long min(long estimate, @Nullable Long counted) {
    return counted == null ? estimate : Math.min(estimate, counted);
  }

  private static long or0(@Nullable Long value) {
    return value == null ? 0 : value;
  }
}

package io.oomstream.trend;

import io.oomstream.event.SignalKind;
import io.oomstream.snapshot.SnapshotFigures;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Task structures and slab caches that grow. */
final class SlabRule {

  /**
   * Caches that the kernel can shrink ({@code SLAB_RECLAIM_ACCOUNT}). {@code /proc/slabinfo} does
   * not mark them.
   */
  private static final List<String> RECLAIMABLE =
      List.of(
          "inode_cache",
          "_inode",
          "dentry",
          "buffer_head",
          "radix_tree_node",
          "ext4_extent_status",
          "jbd2_journal_head",
          "xfs_buf",
          "xfs_ili",
          "kernfs_node_cache",
          "znode_cache",
          "dnode_t",
          "dmu_buf_impl_t");

  /** Share of the limit that a small task_struct reaches when stacks have reached theirs. */
  private static final double PART = 0.25;

  /** Share of a cache's growth by which unreclaimable slab as a whole must have grown. */
  private static final double CONFIRMED = 0.5;

  private SlabRule() {}

  static void check(GrowthRule rule, Window window, List<Check> out) {
    for (String name : window.names()) {
      String cache = Measures.cacheOf(name);
      if (cache != null) {
        boolean leaks = RECLAIMABLE.stream().noneMatch(cache::endsWith);
        Growth growth = leaks ? rule.leading(name, rule.options().slabShare()) : null;
        if (growth != null && !isConfirmed(growth, window)) {
          growth = null;
        }
        out.add(
            rule.check(
                SignalKind.SLAB_GROWTH,
                cache,
                name,
                growth == null ? List.of() : List.of(growth),
                rule.options().slabShare()));
      }
    }
    taskStruct(rule, window, out);
  }

  private static void taskStruct(GrowthRule rule, Window window, List<Check> out) {
    double share = rule.options().taskShare();
    boolean own = window.series(Measures.TASK_STRUCT).size() >= rule.options().points();
    String name = own ? Measures.TASK_STRUCT : SnapshotFigures.KERNEL_STACK;
    if (window.now(name) == null) {
      return;
    }
    List<Growth> growths = own ? only(rule.leading(name, share)) : List.of();
    if (growths.isEmpty() && (!own || rule.grown(name, share * PART) != null)) {
      growths = proxies(rule, window, share);
    }
    out.add(
        rule.check(SignalKind.TASK_STRUCT_SLAB_GROWTH, Measures.TASK_STRUCT, name, growths, share));
  }

  /**
   * Dumps print the cache's own row only when slab outweighs all pages of processes ({@code
   * mm/oom_kill.c: should_dump_unreclaim_slab}), and only root can read slabinfo. Without both, the
   * other memory of tasks is used: kernel stacks and unreclaimable slab must grow, and the number
   * of tasks if it is known; page tables are named if they grow too.
   */
  private static List<Growth> proxies(GrowthRule rule, Window window, double share) {
    Growth stacks = rule.leading(SnapshotFigures.KERNEL_STACK, share);
    Growth slab = stacks == null ? null : rule.grown(SnapshotFigures.UNRECLAIMABLE_SLAB, share);
    if (stacks == null || slab == null) {
      return List.of();
    }
    List<Growth> growths = new ArrayList<>(List.of(stacks, slab));
    if (window.series(Measures.TASK_COUNT).size() >= rule.options().points()) {
      Growth tasks = rule.grown(Measures.TASK_COUNT, 0);
      if (tasks == null) {
        return List.of();
      }
      growths.add(tasks);
    }
    growths.addAll(only(rule.grown(SnapshotFigures.PAGE_TABLES, 0)));
    return growths;
  }

  private static List<Growth> only(@Nullable Growth growth) {
    return growth == null ? List.of() : List.of(growth);
  }

  private static boolean isConfirmed(Growth growth, Window window) {
    List<Slope.Point> slab =
        window.series(SnapshotFigures.UNRECLAIMABLE_SLAB).stream()
            .filter(point -> point.timeMs() >= growth.firstMs())
            .toList();
    if (slab.size() < 2) {
      return true;
    }
    double rise = slab.get(slab.size() - 1).value() - slab.get(0).value();
    return rise >= CONFIRMED * growth.grown();
  }
}

package io.oomstream.diagnosis.cause;

import io.oomstream.diagnosis.context.BlockLines;
import io.oomstream.diagnosis.context.DiagnosisContext;
import io.oomstream.diagnosis.context.Facts;
import io.oomstream.diagnosis.context.HumanUnits;
import io.oomstream.diagnosis.context.Thresholds;
import io.oomstream.diagnosis.context.Usage;
import io.oomstream.event.section.Cause;
import io.oomstream.event.section.Memcg;
import io.oomstream.kernel.Section;
import java.util.List;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * What filled the control group, where it was not its processes' ordinary memory.
 *
 * @param name of its messages
 * @param statistics of memory.stat, summed; the first that is there is the evidence
 * @param option of the threshold, for the documentation
 * @param share of the group's usage
 */
public record MemcgShareRule(
    Cause.Kind kind,
    String name,
    List<String> statistics,
    String option,
    ToDoubleFunction<Thresholds> share)
    implements CauseRule {

  private static final String MEMCG_SHARE = "diagnose.memcg-share";

  public static final List<CauseRule> ALL =
      List.of(
          of(Cause.Kind.SHMEM_OR_TMPFS, "group-shmem", "shmem"),
          of(Cause.Kind.LOCKED_OR_UNEVICTABLE, "group-locked", "unevictable"),
          new MemcgShareRule(
              Cause.Kind.PAGE_TABLE_BLOAT,
              "group-page-tables",
              List.of("pagetables", "sec_pagetables"),
              "diagnose.page-table-share",
              t -> t.uses().pageTableShare()),
          of(Cause.Kind.KERNEL_SLAB_LEAK, "group-slab", "slab_unreclaimable"),
          of(Cause.Kind.NETWORK_BUFFERS, "group-sockets", "sock"),
          of(Cause.Kind.WRITEBACK_STALLED, "group-writeback", "file_dirty", "file_writeback"),
          of(Cause.Kind.WRITEBACK_STALLED, "group-writeback-v1", "dirty", "writeback"),
          of(Cause.Kind.COMPRESSED_SWAP, "group-zswap", "zswap"),
          of(Cause.Kind.HUGE_PAGES_RESERVED, "group-hugetlb", "hugetlb"),
          of(Cause.Kind.FORK_BOMB, "group-stacks", "kernel_stack"),
          of(Cause.Kind.KERNEL_MEMORY, "group-kernel", "percpu", "vmalloc"));

  private static MemcgShareRule of(Cause.Kind kind, String name, String... statistics) {
    return new MemcgShareRule(
        kind, name, List.of(statistics), MEMCG_SHARE, t -> t.uses().memcgShare());
  }

  @Override
  public Set<Section> needs() {
    return Set.of(Section.MEMCG_STATS);
  }

  @Override
  public @Nullable Finding find(DiagnosisContext c) {
    Memcg memcg = c.block().memcg();
    if (!c.isMemcg() || memcg == null || memcg.usageBytes() == null || memcg.usageBytes() <= 0) {
      return null;
    }
    Long bytes = null;
    String line = null;
    for (String statistic : statistics) {
      Long value = memcg.stats().bytes().get(statistic);
      bytes = Usage.plus(bytes, value);
      if (line == null && value != null) {
        line = BlockLines.ofStatistic(c.block(), statistic);
      }
    }
    double limit = share.applyAsDouble(c.thresholds());
    double measured = bytes == null ? 0 : (double) bytes / memcg.usageBytes();
    if (bytes == null || bytes <= 0 || measured < limit) {
      return null;
    }
    String text = HumanUnits.bytes(bytes);
    return new Finding(
        kind,
        Rank.CONTRIBUTING,
        bytes,
        List.of(Facts.share(c.say("fact." + name), measured, limit, line)),
        List.of(c.say("cause." + name, "bytes", text, "share", HumanUnits.percent(measured))),
        c.advice(name, "bytes", text));
  }

  @Override
  public About about() {
    return new About(
        name,
        "`"
            + String.join("` + `", statistics)
            + "` of the group's memory.stat is at least `"
            + option
            + "` of its usage",
        List.of("fact." + name),
        "CONTRIBUTING: it filled the group, but the limit is the cause",
        "mm/memcontrol.c: memory_stat_format");
  }
}

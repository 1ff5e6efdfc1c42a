package io.oomstream.diagnosis.cause;

import io.oomstream.diagnosis.context.BlockLines;
import io.oomstream.diagnosis.context.DiagnosisContext;
import io.oomstream.diagnosis.context.Facts;
import io.oomstream.diagnosis.context.HumanUnits;
import io.oomstream.event.section.Cause;
import io.oomstream.event.section.Memcg;
import io.oomstream.kernel.LineRule;
import io.oomstream.kernel.Section;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The kernel's own memory filled a control group, and no single kind of it is known to be the one:
 * from {@code kernel} of memory.stat, and with version 1 from the {@code kmem:} line.
 */
public record MemcgKernelRule() implements CauseRule {

  /** Kinds that have a rule of their own. */
  private static final List<String> NAMED =
      List.of("slab_unreclaimable", "pagetables", "sec_pagetables", "kernel_stack", "zswap");

  @Override
  public Cause.Kind kind() {
    return Cause.Kind.KERNEL_MEMORY;
  }

  @Override
  public Set<Section> needs() {
    return Set.of(Section.MEMCG_USAGE);
  }

  @Override
  public @Nullable Finding find(DiagnosisContext c) {
    Memcg memcg = c.block().memcg();
    Long usage = memcg == null ? null : memcg.usageBytes();
    if (!c.isMemcg() || memcg == null || usage == null || usage <= 0) {
      return null;
    }
    Map<String, Long> stats = memcg.stats().bytes();
    Long kernel = stats.get("kernel");
    String line = kernel == null ? null : BlockLines.ofStatistic(c.block(), "kernel");
    if (kernel == null && memcg.kmem() != null) {
      kernel = memcg.kmem().usageBytes();
      line = c.block().lineOf(LineRule.MEMCG_KMEM);
    }
    if (kernel == null) {
      return null;
    }
    long named = NAMED.stream().mapToLong(name -> stats.getOrDefault(name, 0L)).sum();
    double limit = c.thresholds().uses().memcgShare();
    double share = (double) kernel / usage;
    if (share < limit || (double) (kernel - named) / usage < limit) {
      return null;
    }
    String bytes = HumanUnits.bytes(kernel);
    return new Finding(
        kind(),
        Rank.CONTRIBUTING,
        kernel,
        List.of(
            Facts.share(c.say("fact.group-kmem"), share, limit, line),
            Facts.bytes(c.say("fact.group.kmem"), kernel, line)),
        List.of(c.say("cause.group-kmem", "bytes", bytes, "share", HumanUnits.percent(share))),
        c.advice("group-kmem", "bytes", bytes));
  }

  @Override
  public About about() {
    return new About(
        "group-kmem",
        "`kernel` of the group's memory.stat, or with version 1 its `kmem:` usage, is at least"
            + " `diagnose.memcg-share` of its usage, also without slab, page tables and stacks",
        List.of("fact.group-kmem", "fact.group.kmem"),
        "CONTRIBUTING: what filled the group; the limit stays the cause",
        "mm/memcontrol.c: MEMCG_KMEM, mem_cgroup_print_oom_meminfo");
  }
}

package io.oomstream.diagnosis.cause;

import io.oomstream.diagnosis.context.BlockLines;
import io.oomstream.diagnosis.context.DiagnosisContext;
import io.oomstream.diagnosis.context.Facts;
import io.oomstream.diagnosis.context.HumanUnits;
import io.oomstream.diagnosis.context.ProcessSwarm;
import io.oomstream.diagnosis.context.Thresholds;
import io.oomstream.diagnosis.context.Usage;
import io.oomstream.event.section.Cause;
import io.oomstream.event.section.Evidence;
import io.oomstream.kernel.Section;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A crowd that the task table does not show: threads, which have no row of their own, tasks of many
 * names, or a block whose table is lost. Each has a kernel stack, and the kernel counts these.
 */
public record ThreadsRule() implements CauseRule {

  @Override
  public Cause.Kind kind() {
    return Cause.Kind.FORK_BOMB;
  }

  @Override
  public Set<Section> needs() {
    return Set.of(Section.MEM_INFO);
  }

  @Override
  public @Nullable Finding find(DiagnosisContext c) {
    Usage usage = c.usage();
    Thresholds t = c.thresholds();
    Long stacks = usage.kernelStack();
    Double stackShare = usage.share(stacks);
    if (!c.isGlobal()
        || stacks == null
        || stackShare == null
        || stackShare < t.swarm().stackShare()
        || shownByTable(c)) {
      return null;
    }
    long count = stacks / ProcessSwarm.STACK_BYTES;
    long slab = usage.unreclaimableSlab() == null ? 0 : usage.unreclaimableSlab();
    long tables = usage.pageTables() == null ? 0 : usage.pageTables();
    long held = stacks + Math.min(count * ProcessSwarm.SLAB_BYTES, slab) + tables;
    Double share = usage.share(held);
    Long ordinary = usage.biggestOrdinary();
    if (count < t.swarm().tasks() || share == null || share < t.swarm().share()) {
      return null;
    }
    List<Evidence> evidence = new ArrayList<>();
    String line = BlockLines.ofCounter(c.block(), "kernel_stack");
    evidence.add(Facts.bytes(c.say("fact.stacks"), stacks, line));
    evidence.add(Facts.share(c.say("fact.stacks.share"), stackShare, t.swarm().stackShare(), line));
    return new Finding(
        kind(),
        ordinary == null || ordinary > held ? Rank.CONTRIBUTING : Rank.SHARE,
        held,
        List.copyOf(evidence),
        List.of(
            c.say(
                "cause.threads",
                "bytes",
                HumanUnits.bytes(stacks),
                "share",
                HumanUnits.percent(stackShare),
                "count",
                count),
            c.say("cause.threads.held", "bytes", HumanUnits.bytes(held))),
        c.advice("threads", "count", count));
  }

  /** Then {@link SwarmRule} decides, which knows more. */
  private static boolean shownByTable(DiagnosisContext c) {
    ProcessSwarm crowd = c.crowd();
    return c.block().info().complete()
        && crowd != null
        && crowd.count() >= c.thresholds().swarm().tasks();
  }

  @Override
  public About about() {
    return new About(
        "threads",
        "kernel stacks use `diagnose.kernel-stack-share` of managed memory, at least as much as"
            + " `diagnose.fork-bomb-tasks` threads need, and together with page tables and task"
            + " structures `diagnose.crowd-share`; used only if the task table shows no swarm",
        List.of("fact.stacks", "fact.stacks.share"),
        "SHARE if they use more than the ordinary memory of the biggest process, else CONTRIBUTING",
        "NR_KERNEL_STACK_KB, kernel/fork.c: alloc_thread_stack_node");
  }
}

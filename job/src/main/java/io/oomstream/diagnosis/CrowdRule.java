package io.oomstream.diagnosis;

import io.oomstream.event.Cause;
import io.oomstream.event.Evidence;
import io.oomstream.event.Tasks;
import io.oomstream.kernel.Section;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A crowd of small tasks of one name that together hold more than any other process. Told from the
 * task table, never from a single share: page tables, slab and stacks are each only a part of it.
 */
record CrowdRule() implements CauseRule {

  @Override
  public Cause.Kind kind() {
    return Cause.Kind.FORK_BOMB;
  }

  @Override
  public Set<Section> needs() {
    return Set.of(Section.TASKS, Section.MEM_INFO);
  }

  @Override
  public @Nullable Finding find(Case c) {
    Crowd crowd = c.crowd();
    Thresholds t = c.thresholds();
    if (!c.isGlobal()
        || crowd == null
        || crowd.count() < t.forkBombTasks()
        || crowd.kernelBytes() < crowd.heldBytes() * t.crowdKernelShare()) {
      return null;
    }
    long held = crowd.heldBytes();
    Double share = c.usage().share(held);
    if (share == null || share < t.crowdShare()) {
      return null;
    }
    Tasks.Row other = crowd.biggestOther();
    Long anon = c.usage().anon();
    boolean most =
        c.block().info().complete()
            ? other == null || Usage.held(other) < held
            : anon != null && anon < held;
    return new Finding(
        kind(),
        most ? Rank.SHARE : Rank.CONTRIBUTING,
        held,
        evidence(c, crowd, share),
        HumanUnits.count(crowd.count(), "task")
            + " named "
            + crowd.comm()
            + " hold about "
            + HumanUnits.bytes(held)
            + " ("
            + HumanUnits.percent(share)
            + " of memory), "
            + HumanUnits.bytes(crowd.kernelBytes())
            + " of it kernel stacks, page tables and task structures",
        "stop what starts "
            + crowd.comm()
            + ", and bound it by pids.max or TasksMax= or RLIMIT_NPROC");
  }

  private static List<Evidence> evidence(Case c, Crowd crowd, double share) {
    Thresholds t = c.thresholds();
    List<Evidence> evidence = new ArrayList<>();
    evidence.add(
        Facts.count(
            "tasks named " + crowd.comm(),
            crowd.count(),
            t.forkBombTasks(),
            ReportLines.containing(c.block(), Section.TASKS, " " + crowd.comm())));
    evidence.add(Facts.share("held by them, share of managed memory", share, t.crowdShare(), null));
    Long stacks = c.usage().kernelStack();
    if (stacks != null) {
      evidence.add(
          Facts.bytes("kernel stacks", stacks, ReportLines.ofCounter(c.block(), "kernel_stack")));
    }
    Long tables = c.usage().pageTables();
    if (tables != null) {
      evidence.add(
          Facts.bytes("page tables", tables, ReportLines.ofCounter(c.block(), "pagetables")));
    }
    Tasks.Row other = crowd.biggestOther();
    if (other != null) {
      evidence.add(
          Facts.bytes(
              "biggest other task " + other.comm(),
              Usage.held(other),
              crowd.heldBytes(),
              ShareRules.taskLine(c, other)));
    }
    return List.copyOf(evidence);
  }
}

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
import io.oomstream.event.section.Tasks;
import io.oomstream.kernel.Section;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A crowd of small tasks of one name that together hold more than any other process. Proven by the
 * task table, never from a single share: page tables, slab and stacks are each only a part of it.
 */
public record SwarmRule() implements CauseRule {

  @Override
  public Cause.Kind kind() {
    return Cause.Kind.FORK_BOMB;
  }

  @Override
  public Set<Section> needs() {
    return Set.of(Section.TASKS, Section.MEM_INFO);
  }

  @Override
  public @Nullable Finding find(DiagnosisContext c) {
    ProcessSwarm crowd = c.crowd();
    Thresholds t = c.thresholds();
    if (!c.isGlobal()
        || crowd == null
        || crowd.count() < t.swarm().tasks()
        || crowd.kernelBytes() < crowd.heldBytes() * t.swarm().kernelShare()) {
      return null;
    }
    long held = crowd.heldBytes();
    Double share = c.usage().share(held);
    if (share == null || share < t.swarm().share()) {
      return null;
    }
    Tasks.Row other = crowd.biggestOther();
    Long anon = c.usage().anon();
    boolean most =
        c.block().info().complete()
            ? other == null || Usage.held(other) < held
            : anon != null && anon < held;
    String text = HumanUnits.bytes(held);
    return new Finding(
        kind(),
        most ? Rank.SHARE : Rank.CONTRIBUTING,
        held,
        evidence(c, crowd, share),
        List.of(
            c.say(
                "cause.crowd",
                "count",
                crowd.count(),
                "comm",
                crowd.comm(),
                "bytes",
                text,
                "share",
                HumanUnits.percent(share)),
            c.say("cause.crowd.kernel", "bytes", HumanUnits.bytes(crowd.kernelBytes()))),
        c.advice("crowd", "comm", crowd.comm(), "count", crowd.count()));
  }

  private static List<Evidence> evidence(DiagnosisContext c, ProcessSwarm crowd, double share) {
    Thresholds t = c.thresholds();
    List<Evidence> evidence = new ArrayList<>();
    evidence.add(
        Facts.count(
            c.say("fact.crowd", "comm", crowd.comm()),
            crowd.count(),
            t.swarm().tasks(),
            BlockLines.containing(c.block(), Section.TASKS, " " + crowd.comm())));
    evidence.add(
        Facts.share(
            c.say("fact.crowd.share"),
            share,
            t.swarm().share(),
            BlockLines.ofCounter(c.block(), "pagetables")));
    Long stacks = c.usage().kernelStack();
    if (stacks != null) {
      evidence.add(
          Facts.bytes(
              c.say("fact.stacks"), stacks, BlockLines.ofCounter(c.block(), "kernel_stack")));
    }
    Long tables = c.usage().pageTables();
    if (tables != null) {
      evidence.add(
          Facts.bytes(
              c.say("fact.page-tables"), tables, BlockLines.ofCounter(c.block(), "pagetables")));
    }
    Tasks.Row other = crowd.biggestOther();
    if (other != null) {
      evidence.add(
          Facts.bytes(
              c.say("fact.crowd.other", "who", c.who(other)),
              Usage.held(other),
              crowd.heldBytes(),
              ShareRules.taskLine(c, other)));
    }
    return List.copyOf(evidence);
  }

  @Override
  public About about() {
    return new About(
        "crowd",
        "at least `diagnose.fork-bomb-tasks` tasks of one name together use `diagnose.crowd-share`"
            + " of managed memory, and `diagnose.crowd-kernel-share` of that is page tables,"
            + " kernel stacks and task structures",
        List.of(
            "fact.crowd",
            "fact.crowd.share",
            "fact.stacks",
            "fact.page-tables",
            "fact.crowd.other"),
        "SHARE if no other task uses more than all of them, else CONTRIBUTING",
        "mm/oom_kill.c: dump_tasks, kernel/fork.c: dup_task_struct");
  }
}

package io.oomstream.diagnosis.blame;

import io.oomstream.block.KernelBlock;
import io.oomstream.diagnosis.cause.CauseRule;
import io.oomstream.diagnosis.cause.ShareRules;
import io.oomstream.diagnosis.context.DiagnosisContext;
import io.oomstream.diagnosis.context.FamilySums;
import io.oomstream.diagnosis.context.Usage;
import io.oomstream.event.section.Blame;
import io.oomstream.event.section.Memcg;
import io.oomstream.event.section.Scope;
import io.oomstream.event.section.Tasks;
import io.oomstream.event.section.Trigger;
import io.oomstream.event.section.Victim;
import org.jspecify.annotations.Nullable;

/** The four parties of a kill, and whether the victim was the user of the memory. */
public final class BlameFinder {

  private BlameFinder() {}

  public static Blame of(DiagnosisContext c, CauseRule.Finding primary, KernelBlock.Kill kill) {
    VictimRole role = VictimRole.of(c, primary, kill);
    Victim victim = kill.victim();
    Tasks.Row biggest = ShareRules.most(c.block().tasks(), Usage::held);
    return new Blame(
        asked(c.block().trigger()),
        limit(c, kill.scope()),
        biggest == null ? null : party(biggest),
        FamilySums.biggest(c),
        group(c),
        new Blame.Party(
            victim.comm(),
            victim.pid(),
            null,
            victim.rssBytes(),
            victim.pageTableBytes(),
            victim.swapBytes()),
        role.role(),
        role.reason());
  }

  private static Blame.@Nullable Party asked(@Nullable Trigger trigger) {
    return trigger == null || (trigger.comm() == null && trigger.pid() == null)
        ? null
        : new Blame.Party(trigger.comm(), trigger.pid(), null, null, null, null);
  }

  private static @Nullable String limit(DiagnosisContext c, Scope scope) {
    return switch (scope.kind()) {
      case GLOBAL -> c.say("limit.machine");
      case MEMCG -> scope.limitCgroup();
      case CPUSET ->
          scope.memsAllowed() == null ? null : c.say("where.nodes", "nodes", scope.memsAllowed());
      case MEMORY_POLICY ->
          scope.nodemask() == null ? null : c.say("where.nodes", "nodes", scope.nodemask());
      case UNKNOWN -> null;
    };
  }

  private static Blame.@Nullable Party group(DiagnosisContext c) {
    Memcg memcg = c.block().memcg();
    String path = c.block().scope().limitCgroup();
    if (!c.isMemcg() || memcg == null || path == null) {
      return null;
    }
    Long swap =
        memcg.swap() == null ? memcg.stats().bytes().get("swap") : memcg.swap().usageBytes();
    return new Blame.Party(
        path, null, null, memcg.usageBytes(), memcg.stats().bytes().get("pagetables"), swap);
  }

  private static Blame.Party party(Tasks.Row row) {
    return new Blame.Party(
        row.comm(), row.pid(), null, row.rssBytes(), row.pageTableBytes(), row.swapBytes());
  }
}

package io.oomstream.diagnosis.blame;

import io.oomstream.block.KernelBlock;
import io.oomstream.diagnosis.cause.CauseRule;
import io.oomstream.diagnosis.cause.ShareRules;
import io.oomstream.diagnosis.context.DiagnosisContext;
import io.oomstream.diagnosis.context.Usage;
import io.oomstream.event.section.Blame;
import io.oomstream.event.section.Memcg;
import io.oomstream.event.section.Scope;
import io.oomstream.event.section.Tasks;
import io.oomstream.event.section.Trigger;
import io.oomstream.event.section.Victim;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
        biggestName(c),
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
    Long swap = memcg.swap() == null ? memcg.stats().get("swap") : memcg.swap().usageBytes();
    return new Blame.Party(
        path, null, null, memcg.usageBytes(), memcg.stats().get("pagetables"), swap);
  }

  private static Blame.Party party(Tasks.Row row) {
    return new Blame.Party(
        row.comm(), row.pid(), null, row.rssBytes(), row.pageTableBytes(), row.swapBytes());
  }

  /**
   * Processes of one name or family; what they share counts once, where the table tells it apart.
   */
  public static Blame.@Nullable Party biggestName(DiagnosisContext c) {
    Tasks tasks = c.block().tasks();
    if (tasks == null) {
      return null;
    }
    Map<String, List<Tasks.Row>> byName = new LinkedHashMap<>();
    for (Tasks.Row row : tasks.rows()) {
      if (row.comm() != null) {
        byName.computeIfAbsent(c.families().of(row.comm()), n -> new ArrayList<>()).add(row);
      }
    }
    Blame.Party best = null;
    long most = -1;
    for (Map.Entry<String, List<Tasks.Row>> entry : byName.entrySet()) {
      Blame.Party party = sum(entry.getKey(), entry.getValue(), c.usage().processPages());
      long held = or0(party.residentBytes()) + or0(party.pageTableBytes());
      if (held > most) {
        best = party;
        most = held;
      }
    }
    return best;
  }

  static Blame.Party sum(String name, List<Tasks.Row> rows, @Nullable Long all) {
    Long own = null;
    long shared = 0;
    Long tables = null;
    Long swap = null;
    for (Tasks.Row row : rows) {
      Long rss = row.rssBytes();
      long shmem = or0(row.shmemRssBytes());
      own = Usage.plus(own, rss == null ? null : Long.valueOf(Math.max(0, rss - shmem)));
      shared = Math.max(shared, shmem);
      tables = Usage.plus(tables, row.pageTableBytes());
      swap = Usage.plus(swap, row.swapBytes());
    }
    Long resident = own == null ? null : Long.valueOf(own + shared);
    if (resident != null && all != null) {
      resident = Math.min(resident, all);
    }
    return new Blame.Party(name, null, rows.size(), resident, tables, swap);
  }

  private static long or0(@Nullable Long value) {
    return value == null ? 0 : value;
  }
}

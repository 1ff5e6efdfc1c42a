package io.oomstream.diagnosis.blame;

import io.oomstream.block.KernelBlock;
import io.oomstream.diagnosis.cause.CauseRule;
import io.oomstream.diagnosis.cause.ShareRules;
import io.oomstream.diagnosis.context.DiagnosisContext;
import io.oomstream.diagnosis.context.FamilySums;
import io.oomstream.diagnosis.context.HumanUnits;
import io.oomstream.diagnosis.context.ProcessSwarm;
import io.oomstream.diagnosis.context.Usage;
import io.oomstream.event.section.Blame;
import io.oomstream.event.section.Blame.Role;
import io.oomstream.event.section.KillReason;
import io.oomstream.event.section.Memcg;
import io.oomstream.event.section.Tasks;
import io.oomstream.event.section.Victim;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Whether the victim was the user of what ran out, with the reason in a sentence. */
record VictimRole(Role role, String reason) {

  /** What the victim had of it, and how much of it there was. */
  private record Part(@Nullable Long bytes, @Nullable Long whole, String noun) {}

  static VictimRole of(DiagnosisContext c, CauseRule.Finding primary, KernelBlock.Kill kill) {
    Victim victim = kill.victim();
    switch (primary.kind()) {
      case MANUAL_SYSRQ:
        return new VictimRole(Role.UNKNOWN, c.say("role.sysrq"));
      case UNDETERMINED:
        return new VictimRole(Role.UNKNOWN, c.say("role.unknown"));
      case FORK_BOMB:
        ProcessSwarm crowd = c.crowd();
        if (crowd == null) {
          return new VictimRole(Role.UNKNOWN, c.say("role.unknown"));
        }
        boolean member = crowd.comm().equals(c.families().of(victim.comm()));
        return new VictimRole(
            member ? Role.USER : Role.BYSTANDER,
            c.say(
                member ? "role.crowd.member" : "role.crowd.bystander",
                "comm",
                crowd.comm(),
                "count",
                crowd.count()));
      default:
        break;
    }
    Part part = part(c, primary, victim);
    if (part == null) {
      if (primary.rank() == CauseRule.Rank.EXHAUSTED) {
        return new VictimRole(Role.UNKNOWN, c.say("role.unknown"));
      }
      return primary.rank() == CauseRule.Rank.STRUCTURE
          ? new VictimRole(Role.BYSTANDER, c.say("role.structure"))
          : nobody(c, victim);
    }
    if (part.bytes() == null || part.whole() == null || part.whole() <= 0) {
      return new VictimRole(Role.UNKNOWN, c.say("role.unknown"));
    }
    Blame.Party family = family(c, part, victim);
    if (family != null) {
      return ofFamily(c, family, part);
    }
    double share = Math.min(1, (double) part.bytes() / part.whole());
    Role role =
        share >= c.thresholds().victim().userShare()
            ? Role.USER
            : share < c.thresholds().victim().bystanderShare()
                ? Role.BYSTANDER
                : Role.ONE_OF_SEVERAL;
    return new VictimRole(role, reason(c, kill, role, part, share));
  }

  /** What filled memory is no process' own; the victim may have held much besides. */
  private static VictimRole nobody(DiagnosisContext c, Victim victim) {
    Long held = Usage.plus(victim.rssBytes(), victim.pageTableBytes());
    Double share = c.usage().share(held);
    return new VictimRole(
        Role.BYSTANDER,
        held == null || share == null || share < c.thresholds().victim().bystanderShare()
            ? c.say("role.nobody")
            : c.say(
                "role.nobody.held",
                "bytes",
                HumanUnits.bytes(held),
                "share",
                HumanUnits.percent(share)));
  }

  /**
   * The victim's family with what it holds together, where it holds clearly more than the victim:
   * workers of one kind are one user, whichever of them dies.
   */
  private static Blame.@Nullable Party family(DiagnosisContext c, Part part, Victim victim) {
    boolean ownMemory = part.noun().equals("noun.group") || part.noun().equals("noun.processes");
    boolean tables = part.noun().equals("noun.page-tables");
    if (!(ownMemory || tables) || part.bytes() == null) {
      return null;
    }
    List<Tasks.Row> rows = c.families().rows(c.block().tasks(), victim.comm());
    if (rows.size() < 2) {
      return null;
    }
    Blame.Party family =
        FamilySums.sum(c.families().of(victim.comm()), rows, c.usage().processPages());
    Long held = held(family, part);
    return held != null && held > 2 * part.bytes() ? family : null;
  }

  private static VictimRole ofFamily(DiagnosisContext c, Blame.Party family, Part part) {
    Long whole = part.whole();
    Long held = held(family, part);
    long bytes = Math.min(held == null ? 0 : held, whole == null ? 0 : whole);
    double share = whole == null || whole <= 0 ? 0 : (double) bytes / whole;
    Role role =
        share >= c.thresholds().victim().userShare()
            ? Role.USER
            : share < c.thresholds().victim().bystanderShare()
                ? Role.BYSTANDER
                : Role.ONE_OF_SEVERAL;
    return new VictimRole(
        role,
        c.say(
            "role.family." + role,
            "family",
            String.valueOf(family.name()),
            "count",
            family.count() == null ? 0 : family.count(),
            "bytes",
            HumanUnits.bytes(bytes),
            "share",
            HumanUnits.percent(share),
            "noun",
            c.say(part.noun()),
            "swap",
            HumanUnits.bytes(family.swapBytes() == null ? 0 : family.swapBytes())));
  }

  /** What a family has of that part. */
  private static @Nullable Long held(Blame.Party family, Part part) {
    return part.noun().equals("noun.page-tables")
        ? family.pageTableBytes()
        : Usage.plus(family.residentBytes(), family.pageTableBytes());
  }

  /** Null where no process holds what ran out. */
  private static @Nullable Part part(DiagnosisContext c, CauseRule.Finding primary, Victim victim) {
    Usage usage = c.usage();
    Long held = Usage.plus(victim.rssBytes(), victim.pageTableBytes());
    return switch (primary.kind()) {
      case PAGE_TABLE_BLOAT ->
          new Part(victim.pageTableBytes(), usage.pageTables(), "noun.page-tables");
      case LOCKED_OR_UNEVICTABLE -> new Part(victim.rssBytes(), usage.unevictable(), "noun.locked");
      case SHMEM_OR_TMPFS -> new Part(victim.shmemRssBytes(), usage.shmem(), "noun.shmem");
      case MEMCG_LIMIT -> {
        Memcg memcg = c.block().memcg();
        yield new Part(held, memcg == null ? null : memcg.usageBytes(), "noun.group");
      }
      case MEMORY_EXHAUSTED, CPUSET_OR_POLICY ->
          new Part(held, Usage.plus(usage.processPages(), usage.pageTables()), "noun.processes");
      default -> null;
    };
  }

  private static String reason(
      DiagnosisContext c, KernelBlock.Kill kill, Role role, Part part, double share) {
    // Pages that another group paid for are in a process' RSS too.
    Long bytes = part.bytes();
    Long whole = part.whole();
    Object[] figures = {
      "bytes",
      HumanUnits.bytes(bytes == null || whole == null ? 0 : Math.min(bytes, whole)),
      "whole",
      HumanUnits.bytes(whole == null ? 0 : whole),
      "share",
      HumanUnits.percent(share),
      "noun",
      c.say(part.noun())
    };
    String sentence = c.say("role." + role, figures);
    String extra = extra(c, kill, role, part.noun());
    return extra.isEmpty() ? sentence : sentence + c.say("sentence.separator") + extra;
  }

  /** Why a task died that did not hold most. */
  private static String extra(DiagnosisContext c, KernelBlock.Kill kill, Role role, String noun) {
    if (role == Role.USER) {
      return "";
    }
    if (kill.reason() == KillReason.OOM_GROUP) {
      return c.say("role.because.group");
    }
    if (kill.reason() == KillReason.ALLOCATING_TASK) {
      return c.say("role.because.allocating");
    }
    boolean ownMemory = noun.equals("noun.group") || noun.equals("noun.processes");
    Tasks.Row biggest = ShareRules.most(c.block().tasks(), Usage::held);
    if (!ownMemory || biggest == null || Objects.equals(biggest.pid(), kill.victim().pid())) {
      return "";
    }
    Integer adj = biggest.oomScoreAdj();
    Integer own = kill.victim().oomScoreAdj();
    boolean spared = adj != null && own != null && adj < own;
    return c.say(
        spared ? "role.because.adj" : "role.biggest",
        "who",
        c.who(biggest),
        "bytes",
        HumanUnits.bytes(Usage.held(biggest)),
        "adj",
        adj == null ? 0 : adj,
        "own",
        own == null ? 0 : own);
  }
}

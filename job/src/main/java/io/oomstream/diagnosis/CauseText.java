package io.oomstream.diagnosis;

import io.oomstream.block.KernelBlock;
import io.oomstream.block.line.KillLineShape;
import io.oomstream.diagnosis.cause.CauseRule;
import io.oomstream.diagnosis.cause.SwapVerdict;
import io.oomstream.diagnosis.cause.Undetermined;
import io.oomstream.diagnosis.context.DiagnosisContext;
import io.oomstream.diagnosis.context.HumanUnits;
import io.oomstream.diagnosis.context.WatermarkNote;
import io.oomstream.event.section.Blame;
import io.oomstream.event.section.Cause;
import io.oomstream.event.section.Evidence;
import io.oomstream.event.section.KnownBy;
import io.oomstream.event.section.Swap;
import io.oomstream.event.section.Victim;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A verdict as the contract's cause, in short sentences for one victim. */
final class CauseText {

  private CauseText() {}

  /**
   * The cause.
   *
   * @param kill null for the block as a whole
   * @param blame of the kill
   */
  static Cause of(
      DiagnosisContext c,
      CauseRules.Verdict verdict,
      KernelBlock.@Nullable Kill kill,
      @Nullable Blame blame) {
    CauseRule.Finding primary = verdict.primary();
    List<Evidence> evidence = new ArrayList<>(verdict.evidence());
    List<String> why = new ArrayList<>(primary.why());
    for (CauseRule.Finding further : verdict.contributing()) {
      why.add(further.why().get(0));
    }
    if (primary.rank().compareTo(CauseRule.Rank.PLACEMENT) >= 0 && !c.isMemcg()) {
      WatermarkNote note = WatermarkNote.of(c);
      why.addAll(note.why());
      addNew(evidence, note.evidence());
    }
    swap(c, primary, why, evidence);
    why.add(outcome(c, kill));
    if (kill != null && KillLineShape.isImpossible(KernelBlock.textOf(kill.line()))) {
      why.add(c.say("outcome.edited"));
    }
    if (blame != null) {
      why.add(blame.reason());
    }
    List<String> advice = advice(verdict);
    String summary =
        primary.why().get(0)
            + (advice.isEmpty() ? "" : c.say("sentence.separator") + advice.get(0));
    return new Cause(
        primary.kind(),
        verdict.contributingKinds(),
        List.copyOf(evidence),
        summary,
        List.copyOf(why),
        advice);
  }

  /** The primary's steps; for a limit, one against what filled the group too. */
  private static List<String> advice(CauseRules.Verdict verdict) {
    List<String> advice = new ArrayList<>(verdict.primary().advice());
    if (verdict.primary().rank() == CauseRule.Rank.LIMIT) {
      verdict.contributing().stream()
          .filter(further -> !further.advice().isEmpty())
          .findFirst()
          .ifPresent(further -> advice.add(1, further.advice().get(0)));
    }
    return List.copyOf(advice);
  }

  /** Said only where somebody would ask: full swap is a contributing cause of its own. */
  private static void swap(
      DiagnosisContext c, CauseRule.Finding primary, List<String> why, List<Evidence> evidence) {
    SwapVerdict swap = SwapVerdict.of(c);
    boolean processes =
        primary.kind() == Cause.Kind.MEMORY_EXHAUSTED
            || primary.kind() == Cause.Kind.SHMEM_OR_TMPFS
            || (primary.kind() == Cause.Kind.MEMCG_LIMIT && c.isMemcg());
    boolean matters =
        (swap.state() == Swap.State.ABSENT && processes)
            || (swap.state() == Swap.State.MISLEADING && !Undetermined.isSysrq(c));
    if (matters) {
      why.add(swap.reason());
      addNew(evidence, swap.evidence());
    }
  }

  private static void addNew(List<Evidence> evidence, List<Evidence> more) {
    for (Evidence fact : more) {
      if (evidence.stream().noneMatch(e -> e.fact().equals(fact.fact()))) {
        evidence.add(fact);
      }
    }
  }

  private static String outcome(DiagnosisContext c, KernelBlock.@Nullable Kill kill) {
    KernelBlock block = c.block();
    if (kill != null) {
      Victim victim = kill.victim();
      KnownBy knownBy = kill.knownBy();
      if (knownBy != null) {
        return known(c, knownBy, victim);
      }
      Long rss = victim.rssBytes();
      Long tables = victim.pageTableBytes();
      if (rss != null && tables != null && tables > rss && block.memory() == null) {
        return c.say(
            "outcome.killed.tables",
            "who",
            c.who(victim),
            "bytes",
            HumanUnits.bytes(rss),
            "tables",
            HumanUnits.bytes(tables));
      }
      return rss == null
          ? c.say("outcome.killed", "who", c.who(victim))
          : c.say("outcome.killed.held", "who", c.who(victim), "bytes", HumanUnits.bytes(rss));
    }
    int kills = block.kills().size();
    if (kills > 0) {
      return c.say(kills == 1 ? "outcome.one" : "outcome.several", "count", kills);
    }
    if (block.panic() != null) {
      return c.say("outcome.panic");
    }
    if (block.noKillable()) {
      return c.say("outcome.nobody");
    }
    return c.say(block.victimExiting() ? "outcome.none" : "outcome.unknown");
  }

  /** Whence a victim is known whose kill line is not there. */
  private static String known(DiagnosisContext c, KnownBy by, Victim victim) {
    return switch (by) {
      case SUMMARY -> c.say("outcome.summary", "who", c.who(victim));
      case REAPER -> c.say("outcome.reaper", "who", c.who(victim));
      case ANNOUNCEMENT ->
          c.say(
              "outcome.announced",
              "pid",
              String.valueOf(victim.pid()),
              "comm",
              victim.comm() == null ? c.say("who.unnamed") : victim.comm());
    };
  }
}

package io.oomstream.diagnosis;

import io.oomstream.block.KernelBlock;
import io.oomstream.event.Cause;
import io.oomstream.event.Evidence;
import io.oomstream.event.Victim;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A verdict as the contract's cause, in one sentence for one victim. */
final class CauseText {

  private CauseText() {}

  /**
   * The cause.
   *
   * @param kill null for the report as a whole
   */
  static Cause of(
      CauseRules.Verdict verdict,
      WatermarkNote note,
      KernelBlock block,
      KernelBlock.@Nullable Kill kill) {
    CauseRule.Finding primary = verdict.primary();
    List<Evidence> evidence = new ArrayList<>(verdict.evidence());
    List<String> parts = new ArrayList<>();
    parts.add(primary.sentence());
    parts.add(outcome(block, kill));
    verdict.contributing().forEach(f -> parts.add(decapitalized(f.sentence())));
    boolean wholeMachine = primary.rank().compareTo(CauseRule.Rank.PLACEMENT) > 0;
    if (wholeMachine) {
      evidence.addAll(note.evidence());
      if (note.words() != null) {
        parts.add(note.words());
      }
    }
    parts.add("first step: " + primary.firstStep());
    return new Cause(
        primary.kind(),
        verdict.contributingKinds(),
        List.copyOf(evidence),
        String.join("; ", parts) + ".");
  }

  private static String outcome(KernelBlock block, KernelBlock.@Nullable Kill kill) {
    if (kill != null) {
      return "the kernel killed " + who(kill.victim());
    }
    int kills = block.kills().size();
    if (kills > 0) {
      return "the kernel killed "
          + HumanUnits.count(kills, "process").replace("processs", "processes");
    }
    if (block.panic() != null) {
      return "the kernel panicked";
    }
    return block.noKillable()
        ? "the kernel found no process that it may kill"
        : "no process was killed";
  }

  private static String who(Victim victim) {
    String name =
        (victim.comm() == null ? "a process" : victim.comm()) + " (pid " + victim.pid() + ")";
    Long rss = victim.rssBytes();
    return rss == null ? name : name + ", which held " + HumanUnits.bytes(rss);
  }

  private static String decapitalized(String sentence) {
    return Character.toLowerCase(sentence.charAt(0)) + sentence.substring(1);
  }
}

package io.oomstream.block;

import io.oomstream.assemble.segment.ClassifiedLine;
import io.oomstream.block.line.KillLineShape;
import io.oomstream.block.line.SummaryLine;
import io.oomstream.block.victim.KillLine;
import io.oomstream.block.victim.KillList;
import io.oomstream.block.victim.ReaperLines;
import io.oomstream.block.victim.ScoreLine;
import io.oomstream.event.section.KnownBy;
import io.oomstream.kernel.LineRule;
import io.oomstream.kernel.Section;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Victims whose kill line is not in the log, by the other lines of the kernel that name them: the
 * reaper's, which is about victims only ({@code mm/oom_kill.c: queue_oom_reaper}), else the summary
 * that stands right before the kill, else the announcement up to 5.1.
 */
public final class VictimEvidence {

  private VictimEvidence() {}

  /** The kills of the block, those with a line of their own first. */
  public static List<KillList.RawKill> complete(Sections s, List<ClassifiedLine> lines) {
    List<KillList.RawKill> kills = new ArrayList<>(s.kills.kills());
    Set<Long> known = new HashSet<>(s.kills.exiting());
    kills.forEach(kill -> known.add(kill.facts().pid()));
    for (ClassifiedLine line : lines) {
      long pid =
          line.rule().section() == Section.REAPER ? KillLineShape.reapedPidOf(line.text()) : -1;
      if (pid >= 0 && known.add(pid)) {
        String comm = ReaperLines.commOf(line.text());
        kills.add(kill(line, s, pid, comm, null, KnownBy.REAPER));
      }
    }
    boolean none = kills.isEmpty() && !s.kills.victimExiting() && !s.kills.noKillable();
    KillList.RawKill named = none ? named(s, lines) : null;
    if (named != null) {
      kills.add(named);
    }
    return kills;
  }

  private static KillList.@Nullable RawKill named(Sections s, List<ClassifiedLine> lines) {
    SummaryLine summary = s.summary;
    Long pid = summary == null ? null : summary.pid();
    ScoreLine score = s.kills.score();
    if (score != null) {
      // With both, a child may have been killed: 5.0 and 5.1 print the summary before that choice.
      ClassifiedLine line = last(lines, LineRule.KILL_SCORE, LineRule.KILL_SCORE_OLD);
      return line == null
          ? null
          : kill(line, s, score.pid(), score.comm(), score.score(), KnownBy.ANNOUNCEMENT);
    }
    ClassifiedLine line = pid == null ? null : last(lines, LineRule.SUMMARY, LineRule.SUMMARY);
    return summary == null || pid == null || line == null || s.panic != null
        ? null
        : kill(line, s, pid, summary.task(), null, KnownBy.SUMMARY);
  }

  private static KillList.RawKill kill(
      ClassifiedLine line,
      Sections s,
      long pid,
      @Nullable String comm,
      @Nullable Long score,
      KnownBy by) {
    ScoreLine announced = s.kills.score();
    String message = announced == null ? null : announced.message();
    return new KillList.RawKill(
        line,
        new KillLine(pid, message, comm, null, score, Map.of()),
        KillList.reasonOf(message),
        null,
        message,
        score,
        by);
  }

  private static @Nullable ClassifiedLine last(
      List<ClassifiedLine> lines, LineRule one, LineRule other) {
    ClassifiedLine found = null;
    for (ClassifiedLine line : lines) {
      found = line.rule() == one || line.rule() == other ? line : found;
    }
    return found;
  }
}

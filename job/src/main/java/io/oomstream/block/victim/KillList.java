package io.oomstream.block.victim;

import io.oomstream.assemble.segment.ClassifiedLine;
import io.oomstream.block.text.Digits;
import io.oomstream.block.text.Latin1;
import io.oomstream.event.section.KillReason;
import io.oomstream.event.section.KnownBy;
import io.oomstream.kernel.LineRule;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The kills of a block, each process once, and the lines that say that there was none. */
public final class KillList {

  /**
   * A kill as its line tells it.
   *
   * @param reason null where the line and the one before it say nothing
   * @param group the control group that was killed as a whole; null for other kills
   * @param message the line's, or that of the line with the score before it
   * @param printedScore of this process
   * @param knownBy null for a kill line
   */
  public record RawKill(
      ClassifiedLine line,
      KillLine facts,
      @Nullable KillReason reason,
      @Nullable String group,
      @Nullable String message,
      @Nullable Long printedScore,
      @Nullable KnownBy knownBy) {}

  private static final String VICTIM = "OOM victim ";
  private static final String GROUP = "Tasks in ";
  private static final String GROUP_END = " are going to be killed due to memory.oom.group set";

  private final List<RawKill> kills = new ArrayList<>();
  private final Set<Long> exiting = new HashSet<>();
  private final Set<Long> pids = new HashSet<>();
  private @Nullable ScoreLine score;
  private @Nullable String group;
  private @Nullable String noKillMessage;
  private boolean inGroup;
  private boolean noKillable;
  private boolean victimExiting;

  public boolean take(ClassifiedLine line) {
    String text = line.text();
    return switch (line.rule()) {
      case KILLED, KILLED_UB -> kill(line, KillLine.parse(text), false);
      case KILL_SHARING -> kill(line, KillLine.parseSharing(text), true);
      case KILL_SCORE, KILL_SCORE_OLD -> (score = ScoreLine.parse(text)) != null;
      case GROUP_KILL -> group(text);
      case NO_KILLABLE -> noKillable = true;
      case VICTIM_EXITING -> exiting(text);
      default -> line.rule() != LineRule.KILLED_TAIL;
    };
  }

  public List<RawKill> kills() {
    return kills;
  }

  public boolean noKillable() {
    return noKillable;
  }

  public boolean victimExiting() {
    return victimExiting;
  }

  /** Whom the line with the score names; null without one. */
  @Nullable
  public Long chosen() {
    return score == null ? null : Long.valueOf(score.pid());
  }

  /** Processes of which the kernel says that they were dying already. */
  public Set<Long> exiting() {
    return exiting;
  }

  /** The announcement; null without one. */
  @Nullable
  public ScoreLine score() {
    return score;
  }

  public boolean hasScoreLine() {
    return score != null;
  }

  /** The kernel's words about the kill, as far as any line has them. */
  @Nullable
  public String message() {
    if (!kills.isEmpty() && kills.get(0).message() != null) {
      return kills.get(0).message();
    }
    return score != null ? score.message() : noKillMessage;
  }

  public static @Nullable KillReason reasonOf(@Nullable String message) {
    if (message == null) {
      return null;
    }
    if (message.contains("(oom_kill_allocating_task)")) {
      return KillReason.ALLOCATING_TASK;
    }
    if (message.contains("Memory cgroup out of memory") || isOfUb(message)) {
      return KillReason.MEMCG_OUT_OF_MEMORY;
    }
    boolean global =
        message.contains("Out of memory")
            || message.contains("Out of Memory")
            || message.contains("No available memory");
    return global ? KillReason.OUT_OF_MEMORY : null;
  }

  /**
   * Whether a container of OpenVZ met its limit: {@code Out of memory in mem cgroup inside UB 101}.
   */
  private static boolean isOfUb(String message) {
    return message.contains("Out of memory in ") && message.contains("UB ");
  }

  private boolean kill(ClassifiedLine line, @Nullable KillLine facts, boolean sharing) {
    if (facts == null) {
      return false;
    }
    String message = facts.message();
    if (message == null && score != null) {
      message = score.message();
    }
    if (pids.add(facts.pid())) {
      boolean scored = score != null && score.pid() == facts.pid();
      KillReason reason = inGroup ? KillReason.OOM_GROUP : reasonOf(message);
      kills.add(
          new RawKill(
              line,
              facts,
              sharing ? KillReason.SHARES_MEMORY : reason,
              inGroup ? group : null,
              message,
              scored && score != null ? score.score() : facts.score(),
              null));
    }
    return facts.comm() != null;
  }

  /** In the sweep through a group it is said of members too. */
  private boolean exiting(String text) {
    int at = text.lastIndexOf(VICTIM);
    Long pid = at < 0 ? null : Digits.at(text, at + VICTIM.length());
    if (pid != null) {
      exiting.add(pid);
    }
    if (!inGroup) {
      victimExiting = true;
      noKillMessage = text;
    }
    return true;
  }

  private boolean group(String text) {
    inGroup = true;
    int end = text.lastIndexOf(GROUP_END);
    if (end < GROUP.length()) {
      return false;
    }
    group = Latin1.decode(text.substring(GROUP.length(), end));
    return true;
  }
}

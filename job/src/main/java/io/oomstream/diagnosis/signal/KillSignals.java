package io.oomstream.diagnosis.signal;

import io.oomstream.assemble.segment.ClassifiedLine;
import io.oomstream.block.KernelBlock;
import io.oomstream.diagnosis.blame.KillSeverity;
import io.oomstream.diagnosis.context.DiagnosisContext;
import io.oomstream.diagnosis.context.Facts;
import io.oomstream.diagnosis.context.Thresholds;
import io.oomstream.event.Severity;
import io.oomstream.event.SignalKind;
import io.oomstream.event.section.Badness;
import io.oomstream.event.section.Cause;
import io.oomstream.event.section.Evidence;
import io.oomstream.event.section.KillReason;
import io.oomstream.event.section.KnownBy;
import io.oomstream.event.section.Reaper;
import io.oomstream.event.section.Tasks;
import io.oomstream.event.section.Unit;
import io.oomstream.event.section.Victim;
import io.oomstream.kernel.LineRule;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Signals about who was killed, and about kills that were not possible. */
public final class KillSignals {

  private KillSignals() {}

  public static void write(DiagnosisContext c, Cause cause, SignalWriter out) {
    KernelBlock block = c.block();
    unexpected(block.kills(), out);
    for (KernelBlock.Kill kill : block.kills()) {
      if (kill.knownBy() != KnownBy.ANNOUNCEMENT) { // a child of it may have died
        critical(kill, c.thresholds(), out);
      }
      reaper(kill, block, out);
    }
    unclaimedReaper(block, out);
    if (block.noKillable()) {
      String line = block.lineOf(LineRule.NO_KILLABLE);
      String proof = line != null ? line : block.lineOf(LineRule.PANIC_DEADLOCKED);
      out.add(
          SignalKind.NO_KILLABLE_PROCESS,
          Severity.CRITICAL,
          block.scope().limitCgroup(),
          null,
          withCause(
              Facts.text(
                  out.say("fact.kernels-words"),
                  proof == null ? "no killable processes" : proof,
                  proof),
              cause),
          noKillable(block, out) + out.say("sentence.separator") + cause.summary());
    }
    String panic = block.panic();
    if (panic != null) {
      String line = block.lineOf(LineRule.PANIC);
      out.add(
          SignalKind.OOM_PANIC,
          Severity.CRITICAL,
          null,
          null,
          withCause(
              Facts.text(
                  "panic", panic, line != null ? line : block.lineOf(LineRule.PANIC_DEADLOCKED)),
              cause),
          out.say("signal.panic", "text", panic) + out.say("sentence.separator") + cause.summary());
    }
  }

  /**
   * Those of a group that dies as a whole, or that share the victim's memory, were never chosen: no
   * rank of theirs says anything. Kills of one reason are one signal.
   */
  private static void unexpected(List<KernelBlock.Kill> kills, SignalWriter out) {
    Map<String, List<KernelBlock.Kill>> byReason = new LinkedHashMap<>();
    for (KernelBlock.Kill kill : kills) {
      Badness badness = kill.victim().badness();
      Integer rank = badness == null ? null : badness.rank();
      boolean chosen =
          kill.reason() != KillReason.OOM_GROUP
              && kill.reason() != KillReason.SHARES_MEMORY
              && kill.knownBy() != KnownBy.ANNOUNCEMENT;
      if (badness != null && rank != null && rank > 1 && chosen) {
        String why = String.valueOf(notHighest(kill.reason(), badness.notHighest()));
        byReason.computeIfAbsent(why, w -> new ArrayList<>()).add(kill);
      }
    }
    byReason.values().forEach(same -> unexpectedOf(same, out));
  }

  private static void unexpectedOf(List<KernelBlock.Kill> kills, SignalWriter out) {
    KernelBlock.Kill kill = kills.get(0);
    Badness badness = Objects.requireNonNull(kill.victim().badness());
    int rank = Objects.requireNonNull(badness.rank());
    Badness.NotHighest why = notHighest(kill.reason(), badness.notHighest());
    String reason = why == null ? null : out.say("signal.unexpected." + why);
    String subject = subject(kill.victim());
    String first = who(kill.victim(), out);
    String who =
        kills.size() == 1
            ? first
            : out.say("who.and-more", "who", first, "count", kills.size() - 1);
    out.add(
        SignalKind.UNEXPECTED_VICTIM,
        reason == null ? Severity.WARNING : Severity.INFO,
        subject,
        new SignalWriter.Measure(rank, 1, Unit.RANK),
        List.of(
            Evidence.number(
                out.say("fact.rank"), rank, Unit.RANK, 1L, KernelBlock.textOf(kill.line()))),
        out.say(
            "signal.unexpected",
            "who",
            who,
            "count",
            rank - 1,
            "reason",
            reason == null ? out.say("signal.unexpected.unknown") : reason));
  }

  private static Badness.@Nullable NotHighest notHighest(
      KillReason reason, Badness.@Nullable NotHighest why) {
    return switch (reason) {
      case OOM_GROUP -> Badness.NotHighest.OOM_GROUP;
      case ALLOCATING_TASK -> Badness.NotHighest.ALLOCATING_TASK;
      case SHARES_MEMORY -> Badness.NotHighest.SHARES_MEMORY;
      default -> why == Badness.NotHighest.UNKNOWN ? null : why;
    };
  }

  private static void critical(KernelBlock.Kill kill, Thresholds thresholds, SignalWriter out) {
    Victim victim = kill.victim();
    Integer adj = victim.oomScoreAdj();
    if (!KillSeverity.isCritical(victim, kill.scope(), thresholds)) {
      return;
    }
    boolean listed = KillSeverity.isListed(victim, thresholds);
    boolean isProtected = KillSeverity.isProtected(victim, kill.scope());
    String line = KernelBlock.textOf(kill.line());
    out.add(
        SignalKind.CRITICAL_VICTIM,
        Severity.CRITICAL,
        subject(victim),
        isProtected && adj != null ? new SignalWriter.Measure(adj, 0, Unit.OOM_SCORE_ADJ) : null,
        List.of(
            listed || adj == null
                ? Facts.text(out.say("fact.critical"), String.valueOf(victim.comm()), line)
                : Evidence.number("oom_score_adj", adj, Unit.OOM_SCORE_ADJ, 0L, line)),
        out.say(
            listed ? "signal.critical.listed" : "signal.critical.protected",
            "who",
            who(victim, out),
            "adj",
            adj == null ? 0 : adj));
  }

  private static void reaper(KernelBlock.Kill kill, KernelBlock block, SignalWriter out) {
    Reaper reaper = kill.reaper();
    if (reaper != null && !reaper.reaped()) {
      stalled(subject(kill.victim()), block.lineOf(LineRule.UNABLE_TO_REAP), out);
    }
  }

  /** A reaper's line whose kill is not in the block. */
  private static void unclaimedReaper(KernelBlock block, SignalWriter out) {
    boolean claimed =
        block.kills().stream().anyMatch(k -> k.reaper() != null && !k.reaper().reaped());
    if (claimed) {
      return;
    }
    for (ClassifiedLine line : block.lines()) {
      if (line.rule() == LineRule.UNABLE_TO_REAP) {
        stalled(null, KernelBlock.textOf(line), out);
      }
    }
  }

  private static void stalled(@Nullable String victim, @Nullable String line, SignalWriter out) {
    out.add(
        SignalKind.OOM_REAPER_STALLED,
        Severity.CRITICAL,
        victim,
        null,
        List.of(Facts.text("oom_reaper", "unable to reap", line)),
        out.say("signal.reaper", "who", victim == null ? out.say("who.a-killed-process") : victim));
  }

  /** What the cause rests on too: nobody died, so no kill event tells it. */
  private static List<Evidence> withCause(Evidence proof, Cause cause) {
    List<Evidence> evidence = new ArrayList<>();
    evidence.add(proof);
    evidence.addAll(cause.evidence());
    return List.copyOf(evidence);
  }

  /** Whether the table has tasks that the kernel may kill; null where the block has none. */
  private static @Nullable Long killable(KernelBlock block) {
    Tasks tasks = block.tasks();
    if (tasks == null) {
      return null;
    }
    return tasks.rows().stream()
        .filter(row -> row.pid() == null || row.pid() != 1) // init is never killed
        .filter(row -> row.oomScoreAdj() != null && row.oomScoreAdj() > OOM_SCORE_ADJ_MIN)
        .count();
  }

  /** {@code OOM_SCORE_ADJ_MIN} of include/uapi/linux/oom.h. */
  private static final int OOM_SCORE_ADJ_MIN = -1000;

  private static String noKillable(KernelBlock block, SignalWriter out) {
    Long killable = killable(block);
    if (killable == null) {
      return out.say("signal.no-killable.no-table");
    }
    return killable > 0
        ? out.say("signal.no-killable.dying", "count", killable)
        : out.say("signal.no-killable");
  }

  /** Part of the id, which no language may change. */
  private static String subject(Victim victim) {
    return (victim.comm() == null ? "a process" : victim.comm()) + " (pid " + victim.pid() + ")";
  }

  private static String who(Victim victim, SignalWriter out) {
    return victim.comm() == null
        ? out.say("who.unnamed") + " (pid " + victim.pid() + ")"
        : subject(victim);
  }
}

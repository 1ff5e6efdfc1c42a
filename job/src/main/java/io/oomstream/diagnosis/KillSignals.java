package io.oomstream.diagnosis;

import io.oomstream.block.ClassifiedLine;
import io.oomstream.block.KernelBlock;
import io.oomstream.event.AnomalySignal.Severity;
import io.oomstream.event.Badness;
import io.oomstream.event.Cause;
import io.oomstream.event.Evidence;
import io.oomstream.event.KillReason;
import io.oomstream.event.KnownBy;
import io.oomstream.event.Reaper;
import io.oomstream.event.SignalKind;
import io.oomstream.event.Victim;
import io.oomstream.kernel.LineRule;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Signals about who was killed, and about kills that were not possible. */
final class KillSignals {

  private KillSignals() {}

  static void write(Case c, Cause cause, SignalWriter out) {
    KernelBlock block = c.block();
    for (KernelBlock.Kill kill : block.kills()) {
      if (kill.knownBy() != KnownBy.ANNOUNCEMENT) { // a child of it may have died
        unexpected(kill, out);
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
          out.say("signal.no-killable") + out.say("sentence.separator") + cause.summary());
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

  private static void unexpected(KernelBlock.Kill kill, SignalWriter out) {
    Badness badness = kill.victim().badness();
    Integer rank = badness == null ? null : badness.rank();
    if (badness == null || rank == null || rank <= 1) {
      return;
    }
    Badness.NotHighest why = notHighest(kill.reason(), badness.notHighest());
    String reason = why == null ? null : out.say("signal.unexpected." + why);
    out.add(
        SignalKind.UNEXPECTED_VICTIM,
        reason == null ? Severity.WARNING : Severity.INFO,
        subject(kill.victim()),
        new SignalWriter.Measure(rank, 1, "rank"),
        List.of(Facts.count(out.say("fact.rank"), rank, 1, KernelBlock.textOf(kill.line()))),
        out.say(
            "signal.unexpected",
            "who",
            subject(kill.victim()),
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
    boolean listed =
        victim.comm() != null && thresholds.criticalProcesses().contains(victim.comm());
    boolean isProtected = adj != null && adj < 0;
    if (!listed && !isProtected) {
      return;
    }
    out.add(
        SignalKind.CRITICAL_VICTIM,
        Severity.CRITICAL,
        subject(victim),
        adj != null && adj < 0 ? new SignalWriter.Measure(adj, 0, "oom_score_adj") : null,
        List.of(
            Facts.text(
                listed ? out.say("fact.critical") : "oom_score_adj",
                listed ? String.valueOf(victim.comm()) : String.valueOf(adj),
                KernelBlock.textOf(kill.line()))),
        out.say(
            listed ? "signal.critical.listed" : "signal.critical.protected",
            "who",
            subject(victim),
            "adj",
            adj == null ? 0 : adj));
  }

  private static void reaper(KernelBlock.Kill kill, KernelBlock block, SignalWriter out) {
    Reaper reaper = kill.reaper();
    if (reaper != null && !reaper.reaped()) {
      stalled(subject(kill.victim()), block.lineOf(LineRule.UNABLE_TO_REAP), out);
    }
  }

  /** A reaper's line whose kill is not in the report. */
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

  private static String subject(Victim victim) {
    return (victim.comm() == null ? "a process" : victim.comm()) + " (pid " + victim.pid() + ")";
  }
}

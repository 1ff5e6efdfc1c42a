package io.oomstream.diagnosis;

import io.oomstream.block.ClassifiedLine;
import io.oomstream.block.KernelBlock;
import io.oomstream.event.AnomalySignal.Severity;
import io.oomstream.event.Badness;
import io.oomstream.event.KillReason;
import io.oomstream.event.Reaper;
import io.oomstream.event.SignalKind;
import io.oomstream.event.Victim;
import io.oomstream.kernel.LineRule;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Signals about who was killed, and about kills that were not possible. */
final class KillSignals {

  private KillSignals() {}

  static void write(Case c, SignalWriter out) {
    KernelBlock block = c.block();
    for (KernelBlock.Kill kill : block.kills()) {
      unexpected(kill, out);
      critical(kill, c.thresholds(), out);
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
          List.of(
              Facts.text(
                  "the kernel's words", proof == null ? "no killable processes" : proof, proof)),
          "The kernel found no process that it may kill: all are protected by oom_score_adj -1000 or"
              + " are the kernel's own.");
    }
    String panic = block.panic();
    if (panic != null) {
      String line = block.lineOf(LineRule.PANIC);
      out.add(
          SignalKind.OOM_PANIC,
          Severity.CRITICAL,
          null,
          null,
          List.of(
              Facts.text(
                  "panic", panic, line != null ? line : block.lineOf(LineRule.PANIC_DEADLOCKED))),
          "The kernel panicked for want of memory: " + panic + ".");
    }
  }

  private static void unexpected(KernelBlock.Kill kill, SignalWriter out) {
    Badness badness = kill.victim().badness();
    Integer rank = badness == null ? null : badness.rank();
    if (badness == null || rank == null || rank <= 1) {
      return;
    }
    String reason = reason(kill.reason(), badness.notHighest());
    out.add(
        SignalKind.UNEXPECTED_VICTIM,
        reason == null ? Severity.WARNING : Severity.INFO,
        subject(kill.victim()),
        new SignalWriter.Measure(rank, 1, "rank"),
        List.of(Facts.count("rank by badness", rank, 1, KernelBlock.textOf(kill.line()))),
        "The kernel killed "
            + subject(kill.victim())
            + ", though "
            + HumanUnits.count(rank - 1L, "task")
            + " of its table ranked higher"
            + (reason == null ? "; the report does not say why." : ": " + reason + "."));
  }

  private static @Nullable String reason(KillReason reason, Badness.@Nullable NotHighest why) {
    if (reason == KillReason.OOM_GROUP || why == Badness.NotHighest.OOM_GROUP) {
      return "its control group dies as a whole (memory.oom.group)";
    }
    if (reason == KillReason.ALLOCATING_TASK || why == Badness.NotHighest.ALLOCATING_TASK) {
      return "vm.oom_kill_allocating_task has the asking task killed";
    }
    if (reason == KillReason.SHARES_MEMORY || why == Badness.NotHighest.SHARES_MEMORY) {
      return "it shares the memory of the chosen one";
    }
    if (why == Badness.NotHighest.CHILD_OF_CHOSEN) {
      return "a child was sacrificed in place of the chosen process";
    }
    if (why == Badness.NotHighest.HIGHER_ALREADY_DYING) {
      return "those with more were dying already";
    }
    return why == Badness.NotHighest.NEAR_TIE
        ? "the difference is less than what counters move while they are printed"
        : null;
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
                listed ? "critical process" : "oom_score_adj",
                listed ? String.valueOf(victim.comm()) : String.valueOf(adj),
                KernelBlock.textOf(kill.line()))),
        "The kernel killed "
            + subject(victim)
            + (listed
                ? ", which the host or its containers depend on."
                : ", which its oom_score_adj of " + adj + " was to protect."));
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
        "The kernel could not take back the memory of "
            + (victim == null ? "a killed process" : victim)
            + ": it hangs in the kernel, and so may everything that waits for memory.");
  }

  private static String subject(Victim victim) {
    return (victim.comm() == null ? "a process" : victim.comm()) + " (pid " + victim.pid() + ")";
  }
}

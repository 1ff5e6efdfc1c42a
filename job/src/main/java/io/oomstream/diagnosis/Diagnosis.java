package io.oomstream.diagnosis;

import io.oomstream.block.KernelBlock;
import io.oomstream.event.Cause;
import io.oomstream.event.MemoryBlock;
import java.util.List;

/** One report's meaning: kill events with their cause, and the signals that it alone proves. */
public final class Diagnosis {

  private Diagnosis() {}

  /**
   * Diagnoses a report.
   *
   * @param hostKey the name that the host's lines are keyed by; part of every id
   */
  public static Findings of(KernelBlock block, String hostKey, Thresholds thresholds) {
    return of(block, hostKey, thresholds, Language.EN);
  }

  /** Likewise, in a language. */
  public static Findings of(
      KernelBlock block, String hostKey, Thresholds thresholds, Language language) {
    Case c = Case.of(block, thresholds, language);
    SignalWriter signals = new SignalWriter(block, hostKey, c.words());
    if (block.kind() == MemoryBlock.Kind.LINE) {
      LineSignals.write(block, signals);
      return new Findings(List.of(), signals.signals(), null, null);
    }
    if (block.kind() != MemoryBlock.Kind.OOM) {
      if (block.kind() == MemoryBlock.Kind.MEMORY_DUMP) {
        LineSignals.write(block, signals);
      }
      AllocationSignals.write(c, signals);
      MemorySignals.write(c, signals);
      LineSignals.writeLoss(block, signals);
      return new Findings(
          List.of(),
          signals.signals(),
          Blocks.of(block, null),
          Observations.of(c, hostKey, List.of()));
    }
    CauseRules.Verdict verdict = CauseRules.decide(c);
    List<Findings.Kill> kills = KillEvents.of(c, hostKey, verdict);
    Cause cause = CauseText.of(c, verdict, null, null);
    signals.relateTo(kills);
    MemorySignals.write(c, signals);
    KillSignals.write(c, cause, signals);
    LineSignals.writeLoss(block, signals);
    return new Findings(
        kills, signals.signals(), Blocks.of(block, cause), Observations.of(c, hostKey, kills));
  }
}

package io.oomstream.diagnosis;

import io.oomstream.block.KernelBlock;
import io.oomstream.diagnosis.context.DiagnosisContext;
import io.oomstream.diagnosis.context.Findings;
import io.oomstream.diagnosis.context.Language;
import io.oomstream.diagnosis.context.Thresholds;
import io.oomstream.diagnosis.signal.AllocationSignals;
import io.oomstream.diagnosis.signal.KillSignals;
import io.oomstream.diagnosis.signal.LineSignals;
import io.oomstream.diagnosis.signal.MemorySignals;
import io.oomstream.diagnosis.signal.SignalWriter;
import io.oomstream.event.MemoryBlock;
import io.oomstream.event.section.Cause;
import java.util.List;

/** One block's meaning: kill events with their cause, and the signals that it alone proves. */
public final class Diagnosis {

  private Diagnosis() {}

  /**
   * Diagnoses a block.
   *
   * @param hostKey the name that the host's lines are keyed by; part of every id
   */
  public static Findings of(KernelBlock block, String hostKey, Thresholds thresholds) {
    return of(block, hostKey, thresholds, Language.EN);
  }

  /** Likewise, in a language. */
  public static Findings of(
      KernelBlock block, String hostKey, Thresholds thresholds, Language language) {
    DiagnosisContext c = DiagnosisContext.of(block, thresholds, language);
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
          BlockEvents.of(block, null),
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
        kills, signals.signals(), BlockEvents.of(block, cause), Observations.of(c, hostKey, kills));
  }
}

package io.oomstream.diagnosis;

import io.oomstream.block.KernelBlock;
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
    Case c = Case.of(block, thresholds);
    SignalWriter signals = new SignalWriter(block, hostKey);
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
    WatermarkNote note = WatermarkNote.of(c);
    List<Findings.Kill> kills = KillEvents.of(block, hostKey, verdict, note, thresholds.taskRows());
    signals.relateTo(kills);
    MemorySignals.write(c, signals);
    KillSignals.write(c, signals);
    LineSignals.writeLoss(block, signals);
    return new Findings(
        kills,
        signals.signals(),
        Blocks.of(block, CauseText.of(verdict, note, block, null)),
        Observations.of(c, hostKey, kills));
  }
}

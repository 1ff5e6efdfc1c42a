package io.oomstream.diagnosis.context;

import io.oomstream.event.AnomalySignal;
import io.oomstream.event.KillEvent;
import io.oomstream.event.MemoryBlock;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one block means.
 *
 * @param block the whole block for the blocks topic; null for single lines
 * @param observation what the detectors over windows need of it; null if nothing
 */
public record Findings(
    List<Kill> kills,
    List<Signal> signals,
    @Nullable MemoryBlock block,
    @Nullable Observation observation) {

  /** A kill event and its deterministic id. */
  public record Kill(String id, KillEvent event) {}

  /** A signal and its deterministic id. */
  public record Signal(String id, AnomalySignal signal) {}
}

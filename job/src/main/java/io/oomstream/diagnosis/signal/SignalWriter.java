package io.oomstream.diagnosis.signal;

import io.oomstream.block.KernelBlock;
import io.oomstream.diagnosis.context.EventIds;
import io.oomstream.diagnosis.context.Findings;
import io.oomstream.diagnosis.context.Messages;
import io.oomstream.event.AnomalySignal;
import io.oomstream.event.Severity;
import io.oomstream.event.SignalKind;
import io.oomstream.event.section.Evidence;
import io.oomstream.event.section.Workload;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Collects the signals of one block: at most one of a kind and subject. */
public final class SignalWriter {

  /** What was measured, held against what. */
  record Measure(double measured, double threshold, String unit) {}

  private final KernelBlock block;
  private final String hostKey;
  private final Messages words;
  private final Map<String, Findings.Signal> byId = new LinkedHashMap<>();
  private List<String> related = List.of();
  private @Nullable String workload;

  public SignalWriter(KernelBlock block, String hostKey, Messages words) {
    this.block = block;
    this.hostKey = hostKey;
    this.words = words;
  }

  String say(String key, Object... namesAndValues) {
    return words.text(key, namesAndValues);
  }

  public void relateTo(List<Findings.Kill> kills) {
    related = kills.stream().map(Findings.Kill::id).distinct().toList();
    List<String> keys =
        kills.stream()
            .map(kill -> kill.event().workload())
            .filter(Objects::nonNull)
            .map(Workload::key)
            .filter(Objects::nonNull)
            .distinct()
            .toList();
    workload = keys.size() == 1 ? keys.get(0) : null;
  }

  void add(
      SignalKind kind,
      Severity severity,
      @Nullable String subject,
      @Nullable Measure measure,
      List<Evidence> evidence,
      String summary) {
    add(kind, severity, subject, measure, evidence, summary, UnaryOperator.identity());
  }

  /**
   * Likewise, with what only some kinds have.
   *
   * @param more gives it to the signal
   */
  void add(
      SignalKind kind,
      Severity severity,
      @Nullable String subject,
      @Nullable Measure measure,
      List<Evidence> evidence,
      String summary,
      UnaryOperator<AnomalySignal> more) {
    String id = EventIds.ofSignal(hostKey, block, kind, subject);
    if (byId.containsKey(id)) {
      return;
    }
    AnomalySignal signal =
        new AnomalySignal(
            AnomalySignal.SCHEMA_VERSION,
            id,
            kind,
            severity,
            block.host(),
            block.time(),
            block.kernelTimeUs(),
            null,
            subject,
            measure == null ? null : Double.valueOf(measure.measured()),
            measure == null ? null : Double.valueOf(measure.threshold()),
            measure == null ? null : measure.unit(),
            List.copyOf(evidence),
            related,
            summary,
            block.info(),
            block.provenance(),
            null,
            null,
            null,
            null,
            null,
            null,
            null);
    byId.put(id, new Findings.Signal(id, more.apply(signal.ofWorkload(workload))));
  }

  public List<Findings.Signal> signals() {
    return List.copyOf(byId.values());
  }
}

package io.oomstream.step;

import io.oomstream.anomaly.Occurrence;
import io.oomstream.anomaly.Occurrences;
import io.oomstream.anomaly.Outbound;
import io.oomstream.assemble.segment.LineBlock;
import io.oomstream.block.BlockParser;
import io.oomstream.block.KernelBlock;
import io.oomstream.diagnosis.Diagnosis;
import io.oomstream.diagnosis.context.Findings;
import io.oomstream.diagnosis.context.Language;
import io.oomstream.diagnosis.context.Thresholds;
import io.oomstream.event.MemoryBlock;
import io.oomstream.event.OutgoingEvent;
import io.oomstream.event.section.Cause;
import io.oomstream.event.section.Scope;
import io.oomstream.event.section.Workload;
import io.oomstream.rule.RuleBook;
import io.oomstream.rule.RuleThresholds;
import io.oomstream.trend.MachineSample;
import io.oomstream.trend.Measures;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A block's lines, read and diagnosed once: its events, and what of it is to be seen together with
 * that of other blocks.
 *
 * @param parsed the lines as a block
 * @param kills events of the kills
 * @param found the cause and scope of each of them
 * @param signals signals that stand for themselves
 * @param occurrences kills and failed allocations, to be grouped
 * @param failures how many of the occurrences are failed allocations, whose signals wait
 * @param event the whole block; null if it has none
 * @param sample what it says of the machine's memory; null if it says nothing
 * @param eventTimeMs of its last line
 * @param workloads of its kills, by the ids of their events
 */
public record BlockReading(
    KernelBlock parsed,
    String hostKey,
    List<OutgoingEvent> kills,
    List<Found> found,
    List<Outbound> signals,
    List<Occurrence> occurrences,
    int failures,
    @Nullable MemoryBlock event,
    @Nullable MachineSample sample,
    long eventTimeMs,
    Map<String, Workload> workloads) {

  /**
   * Reads a block.
   *
   * @param thresholds of the options, which live rules may change
   */
  public static BlockReading of(
      LineBlock lines, Thresholds thresholds, Language language, RuleBook rules) {
    String hostKey = lines.lines().get(0).line().key();
    long eventTime = lines.lines().get(lines.lines().size() - 1).line().timestamp();
    KernelBlock block = BlockParser.parse(lines);
    RuleThresholds ruled = rules.thresholds(thresholds, hostKey, eventTime);
    Findings findings = Diagnosis.of(block, hostKey, ruled.thresholds(), language);
    List<OutgoingEvent> kills = new ArrayList<>();
    Map<String, Workload> workloads = new HashMap<>();
    for (Findings.Kill kill : findings.kills()) {
      Workload workload = kill.event().workload();
      if (workload != null) {
        workloads.put(kill.id(), workload);
      }
      kills.add(OutgoingEvents.kill(kill, hostKey));
    }
    List<Found> found =
        findings.kills().stream()
            .map(kill -> new Found(kill.event().cause().primary(), kill.event().scope().kind()))
            .toList();
    List<Outbound> signals = new ArrayList<>();
    List<Occurrence> occurrences = new ArrayList<>();
    for (Findings.Signal signal : findings.signals()) {
      if (Occurrences.comesInBursts(signal.signal().kind())) {
        occurrences.add(
            Occurrences.ofFailure(signal, findings.block(), hostKey, eventTime).of(lines));
      } else {
        signals.add(
            OutgoingEvents.signal(signal.id(), ruled.shaped(signal.signal()), hostKey, eventTime));
      }
    }
    int failures = occurrences.size();
    occurrences.addAll(Occurrences.ofKills(findings));
    return new BlockReading(
        block,
        hostKey,
        kills,
        found,
        signals,
        occurrences,
        failures,
        findings.block(),
        findings.observation() == null ? null : Measures.of(findings.observation()),
        eventTime,
        Map.copyOf(workloads));
  }

  /** What a kill is counted by. */
  public record Found(Cause.Kind cause, Scope.Kind scope) {}

  /** The event of the whole block; null if it has none. Made when asked for: it is long. */
  public @Nullable OutgoingEvent blockEvent() {
    return event == null ? null : OutgoingEvents.block(event, hostKey);
  }
}

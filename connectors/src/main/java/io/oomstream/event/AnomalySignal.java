package io.oomstream.event;

import io.oomstream.event.section.BlockInfo;
import io.oomstream.event.section.Evidence;
import io.oomstream.event.section.Host;
import io.oomstream.event.section.Provenance;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A problem that is not, or not only, a kill. Data of CloudEvents type {@code
 * io.oomstream.signal.v1}.
 *
 * @param eventId the id of the event, the same as the CloudEvents attribute
 * @param host absent for signals over the fleet
 * @param subject the cache, control group, workload, task or zone
 * @param measured in {@code unit}, one of {@link io.oomstream.event.section.Unit}
 * @param threshold in {@code unit}
 * @param relatedEvents ids of the events it groups or belongs to
 * @param userspaceKill only for {@link SignalKind#USERSPACE_OOM_KILL}
 * @param allocation judgement of a failed allocation; absent for all other signals
 * @param workload key of the workload whose process died; absent for several workloads
 * @param episode for signals that group events over time; absent for single signals
 * @param forecast when a growing value reaches its limit
 * @param rules live rules that affected it, by id; absent if none did
 * @param trimmed what was left out because the event was too large for its topic; absent if it is
 *     whole ({@link EventTrim})
 */
public record AnomalySignal(
    String schemaVersion,
    String eventId,
    SignalKind kind,
    Severity severity,
    @Nullable Host host,
    @Nullable Instant time,
    @Nullable Long kernelTimeUs,
    @Nullable Window window,
    @Nullable String subject,
    @Nullable Double measured,
    @Nullable Double threshold,
    @Nullable String unit,
    List<Evidence> evidence,
    List<String> relatedEvents,
    String summary,
    @Nullable BlockInfo block,
    @Nullable Provenance provenance,
    @Nullable UserspaceKill userspaceKill,
    @Nullable Allocation allocation,
    @Nullable String workload,
    @Nullable Episode episode,
    @Nullable List<RuleRef> rules,
    @Nullable Forecast forecast,
    @Nullable List<String> trimmed) {

  public static final String SCHEMA_VERSION = "1.0";

  /** The same signal with the killer in user space. */
  public AnomalySignal of(UserspaceKill kill) {
    return with(eventId, kill, allocation, workload, episode, rules, forecast);
  }

  /** The same signal with the judgement of the failed allocation. */
  public AnomalySignal of(Allocation judged) {
    return with(eventId, userspaceKill, judged, workload, episode, rules, forecast);
  }

  /** The same signal as a part of an episode. */
  public AnomalySignal of(Episode part) {
    return with(eventId, userspaceKill, allocation, workload, part, rules, forecast);
  }

  /** The same signal with a workload; null if unknown. */
  public AnomalySignal ofWorkload(@Nullable String key) {
    return with(eventId, userspaceKill, allocation, key, episode, rules, forecast);
  }

  /** The same signal with the rules that affected it. */
  public AnomalySignal shapedBy(List<RuleRef> applied) {
    return applied.isEmpty()
        ? this
        : with(
            eventId, userspaceKill, allocation, workload, episode, List.copyOf(applied), forecast);
  }

  /** The same signal with a forecast. */
  public AnomalySignal leadingTo(@Nullable Forecast next) {
    return with(eventId, userspaceKill, allocation, workload, episode, rules, next);
  }

  /** The same signal under another id. */
  public AnomalySignal identified(String id) {
    return id.equals(eventId)
        ? this
        : with(id, userspaceKill, allocation, workload, episode, rules, forecast);
  }

  private AnomalySignal with(
      String id,
      @Nullable UserspaceKill kill,
      @Nullable Allocation judged,
      @Nullable String key,
      @Nullable Episode part,
      @Nullable List<RuleRef> applied,
      @Nullable Forecast next) {
    return new AnomalySignal(
        schemaVersion,
        id,
        kind,
        severity,
        host,
        time,
        kernelTimeUs,
        window,
        subject,
        measured,
        threshold,
        unit,
        evidence,
        relatedEvents,
        summary,
        block,
        provenance,
        kill,
        judged,
        key,
        part,
        applied,
        next,
        trimmed);
  }

  /**
   * A failed allocation, judged.
   *
   * @param reason in the language of the summary
   * @param caller the function that requested the memory, from the call trace
   */
  public record Allocation(Judgement judgement, String reason, @Nullable String caller) {}

  /** Whether a failed allocation did harm. */
  public enum Judgement {
    /** The caller has a fallback. */
    HARMLESS,
    /** The caller goes on with less, later or slower. */
    DEGRADED,
    /** The caller's operation failed. */
    HARMFUL,
    /** The block does not show it. */
    UNKNOWN
  }

  /**
   * A kill that a program decided, not the kernel.
   *
   * @param killer the program
   * @param signal that it sent, for example {@code SIGTERM}; absent if its log does not say it
   * @param pid for killers that choose a process
   * @param processes how many it killed, where its log counts them
   */
  public record UserspaceKill(
      String killer,
      UserspaceKillReason killReason,
      @Nullable String signal,
      @Nullable Long pid,
      @Nullable Long processes) {}

  /** Why a killer in user space decided to kill. */
  public enum UserspaceKillReason {
    MEMORY_PRESSURE,
    SWAP_USED,
    LOW_MEMORY,
    UNKNOWN
  }

  /**
   * The observed span. Its ends are wall-clock times, or microseconds since boot where the log has
   * no wall clock.
   */
  public record Window(
      @Nullable Instant start,
      @Nullable Instant end,
      @Nullable Long startKernelTimeUs,
      @Nullable Long endKernelTimeUs) {}
}

package io.oomstream.rule;

import io.oomstream.diagnosis.context.EventTime;
import io.oomstream.event.RuleRef;
import io.oomstream.event.SignalKind;
import io.oomstream.event.rule.Rule;
import io.oomstream.event.rule.RuleFormatException;
import io.oomstream.event.rule.RuleJson;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * All live rules. Which rules apply to an event depends on the time of its record only.
 *
 * <p>A change applies from the time of its own record plus a grace period ({@link #GRACE_MS}). By
 * then it has reached every task. Episodes are judged when event time, including that of the rules
 * topic, has reached them: a replay gives the same result.
 *
 * <p>Two things don't wait for the rules topic: the thresholds for a block, and muting. In live
 * operation the grace period makes them deterministic. A replay from the beginning may read a block
 * before the rules of its time, and then judges it without them.
 */
public final class RuleBook {

  /** No rules. */
  public static final RuleBook EMPTY = new RuleBook(List.of());

  /**
   * How long after its record's time a change begins to apply, event time: enough to reach every
   * task.
   */
  public static final long GRACE_MS = 10_000;

  private record Version(RuleRef ref, long fromMs, @Nullable Rule rule) {}

  private final List<List<Version>> byId;

  private RuleBook(List<List<Version>> byId) {
    this.byId = byId;
  }

  /** Reads the broadcast state; a rule that can't be read any more counts as removed. */
  public static RuleBook of(Map<String, RuleVersions> stored) {
    List<List<Version>> byId = new ArrayList<>();
    for (RuleVersions versions : new TreeMap<>(stored).values()) {
      List<Version> read = new ArrayList<>();
      for (RuleChange change : versions.changes()) {
        read.add(
            new Version(new RuleRef(change.id(), change.version()), change.fromMs(), read(change)));
      }
      byId.add(read);
    }
    return new RuleBook(byId);
  }

  private static @Nullable Rule read(RuleChange change) {
    byte[] json = change.json();
    try {
      return json == null ? null : RuleJson.parse(json);
    } catch (RuleFormatException e) {
      return null;
    }
  }

  public boolean isEmpty() {
    return byId.isEmpty();
  }

  /**
   * The limits for episodes of that kind.
   *
   * @param host empty for the fleet
   */
  public DetectorLimits limits(
      IncidentOptions options, SignalKind kind, String host, String workload, long eventTimeMs) {
    DetectorLimits limits = RuleLimits.base(options, kind);
    for (Version version : inForce(eventTimeMs)) {
      Rule rule = version.rule();
      if (rule != null
          && rule.set() != null
          && RuleMatch.fits(rule.match(), kind, host, workload)) {
        limits = RuleLimits.with(limits, rule.set(), kind, version.ref());
      }
    }
    return limits;
  }

  /** The thresholds for one host's blocks. */
  public RuleThresholds thresholds(
      io.oomstream.diagnosis.context.Thresholds base, String host, long eventTimeMs) {
    RuleThresholds thresholds = new RuleThresholds(base);
    for (Version version : inForce(eventTimeMs)) {
      Rule rule = version.rule();
      if (rule != null && rule.set() != null && RuleMatch.fitsHost(rule.match(), host)) {
        thresholds.apply(rule.set(), version.ref());
      }
    }
    return thresholds;
  }

  /**
   * The rule that mutes a signal; null if none does.
   *
   * @param host null for the fleet
   */
  public @Nullable RuleRef mutedBy(
      SignalKind kind, @Nullable String host, @Nullable String workload, long eventTimeMs) {
    for (Version version : inForce(eventTimeMs)) {
      Rule rule = version.rule();
      if (rule != null
          && Boolean.TRUE.equals(rule.mute())
          && RuleMatch.fits(rule.match(), kind, host, workload)) {
        return version.ref();
      }
    }
    return null;
  }

  private List<Version> inForce(long eventTimeMs) {
    List<Version> inForce = new ArrayList<>();
    for (List<Version> versions : byId) {
      Version found = null;
      for (Version version : versions) {
        found = version.fromMs() <= eventTimeMs ? version : found;
      }
      if (found != null && found.rule() != null && !isExpired(found.rule(), eventTimeMs)) {
        inForce.add(found);
      }
    }
    return inForce;
  }

  private static boolean isExpired(Rule rule, long eventTimeMs) {
    Instant until = rule.expiresAt();
    return until != null && EventTime.millis(until) <= eventTimeMs;
  }
}

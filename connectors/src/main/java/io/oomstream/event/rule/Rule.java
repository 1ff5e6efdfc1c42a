package io.oomstream.event.rule;

import io.oomstream.event.SignalKind;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A live rule: the value of a record of the rules topic, whose key is the rule's id. Where several
 * rules set the same thing for an event, the one whose id sorts last has its way.
 *
 * @param version grows with every change of the rule; 1 and up
 * @param effectiveFrom event time from which it holds; absent for the record's own time
 * @param expiresAt event time from which it no longer holds; absent for never
 * @param match what it is for; absent for everything
 * @param mute signals that match are counted and not written
 * @param set what it sets for those that match
 * @param comment for people
 */
public record Rule(
    String schemaVersion,
    long version,
    @Nullable Instant effectiveFrom,
    @Nullable Instant expiresAt,
    @Nullable Match match,
    @Nullable Boolean mute,
    @Nullable Settings set,
    @Nullable String comment) {

  public static final String SCHEMA_VERSION = "1.0";

  /**
   * All that are given must fit. In patterns {@code *} stands for any text and {@code ?} for one
   * character; without them a pattern fits only what is equal to it.
   *
   * @param hosts patterns of host names
   * @param workloads patterns of workload keys
   * @param kinds names of signals
   */
  public record Match(
      @Nullable List<String> hosts,
      @Nullable List<String> workloads,
      @Nullable List<SignalKind> kinds) {}

  /** Thresholds, windows in seconds, and names; what is absent stays as it is. */
  public record Settings(
      @Nullable Integer stormKills,
      @Nullable Long stormWindowSeconds,
      @Nullable Integer crashLoopKills,
      @Nullable Long crashLoopWindowSeconds,
      @Nullable Integer burstFailures,
      @Nullable Long burstWindowSeconds,
      @Nullable Integer fleetHosts,
      @Nullable Long fleetWindowSeconds,
      @Nullable Long updateSeconds,
      @Nullable Integer highOrder,
      @Nullable Double freeShare,
      @Nullable Double pageTableShare,
      @Nullable Double unreclaimableSlabShare,
      @Nullable Double shmemShare,
      @Nullable Double unaccountedShare,
      @Nullable List<String> criticalProcesses) {}
}

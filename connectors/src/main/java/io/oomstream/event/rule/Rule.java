package io.oomstream.event.rule;

import io.oomstream.event.SignalKind;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A live rule: the value of a record of the rules topic. The record's key is the rule's id. If
 * several rules set the same thing for an event, the rule whose id sorts last wins.
 *
 * @param version grows with every change of the rule; 1 and up
 * @param effectiveFrom event time from which the rule applies; absent for the record's own time
 * @param expiresAt event time from which the rule no longer applies; absent for never
 * @param match what the rule applies to; absent for everything
 * @param mute signals that match are counted and not written
 * @param set what the rule sets where it applies
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

  /** Longest window of one host that a rule can set, seconds. */
  public static final long MAX_WINDOW_SECONDS = Duration.ofDays(1).toSeconds();

  /** Longest window over the fleet that a rule can set, seconds. */
  public static final long MAX_FLEET_WINDOW_SECONDS = Duration.ofHours(1).toSeconds();

  /** Most patterns or names in one list. */
  public static final int MAX_LIST = 1_000;

  /** Longest id, pattern, name or comment, characters. */
  public static final int MAX_TEXT = 1_000;

  private static final int MAX_COUNT = 250;
  private static final int MAX_FLEET_HOSTS = 1_000_000;

  static final String SHARE = " must be a share from 0 to 1";
  static final String TEXTS = ": texts of 1 to " + MAX_TEXT + " characters, and nothing else";
  static final String LIST = " must be a list of 1 to " + MAX_LIST + " texts";

  /**
   * Checks the values against the bounds of the schema.
   *
   * @throws RuleFormatException names the first field that is out of bounds
   */
  void check() throws RuleFormatException {
    if (match != null) {
      match.check();
    }
    if (set != null) {
      set.check();
    }
    require(SCHEMA_VERSION.equals(schemaVersion), "schemaVersion must be \"1.0\"");
    require(version >= 1, "version must be a whole number from 1 that grows with every change");
    require(
        effectiveFrom == null || expiresAt == null || effectiveFrom.isBefore(expiresAt),
        "expiresAt must be after effectiveFrom");
    require(
        Boolean.TRUE.equals(mute) || set != null,
        "it does nothing: give \"mute\": true or \"set\"");
    require(
        set == null
            || match == null
            || !set.changesDiagnosis()
            || (match.workloads() == null && match.kinds() == null),
        "shares, highOrder and criticalProcesses go by hosts alone: a block is judged before its"
            + " workload and signals are known");
    if (comment != null) {
      text("comment", comment);
    }
  }

  /**
   * All that are given must match. In patterns {@code *} stands for any text and {@code ?} for one
   * character; a pattern without them matches only equal text.
   *
   * @param hosts patterns of host names
   * @param workloads patterns of workload keys
   * @param kinds names of signals
   */
  public record Match(
      @Nullable List<String> hosts,
      @Nullable List<String> workloads,
      @Nullable List<SignalKind> kinds) {

    private void check() throws RuleFormatException {
      texts("hosts", hosts);
      texts("workloads", workloads);
      list("kinds", kinds);
    }
  }

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
      @Nullable List<String> criticalProcesses) {

    private void check() throws RuleFormatException {
      whole("stormKills", stormKills, MAX_COUNT);
      whole("stormWindowSeconds", stormWindowSeconds, MAX_WINDOW_SECONDS);
      whole("crashLoopKills", crashLoopKills, MAX_COUNT);
      whole("crashLoopWindowSeconds", crashLoopWindowSeconds, MAX_WINDOW_SECONDS);
      whole("burstFailures", burstFailures, MAX_COUNT);
      whole("burstWindowSeconds", burstWindowSeconds, MAX_WINDOW_SECONDS);
      whole("fleetHosts", fleetHosts, MAX_FLEET_HOSTS);
      whole("fleetWindowSeconds", fleetWindowSeconds, MAX_FLEET_WINDOW_SECONDS);
      whole("updateSeconds", updateSeconds, MAX_WINDOW_SECONDS);
      whole("highOrder", highOrder, MAX_COUNT);
      share("freeShare", freeShare);
      share("pageTableShare", pageTableShare);
      share("unreclaimableSlabShare", unreclaimableSlabShare);
      share("shmemShare", shmemShare);
      share("unaccountedShare", unaccountedShare);
      texts("criticalProcesses", criticalProcesses);
      require(
          changesDiagnosis()
              || Stream.of(
                      stormKills,
                      stormWindowSeconds,
                      crashLoopKills,
                      crashLoopWindowSeconds,
                      burstFailures,
                      burstWindowSeconds,
                      fleetHosts,
                      fleetWindowSeconds,
                      updateSeconds)
                  .anyMatch(Objects::nonNull),
          "set is empty");
    }

    /** Whether a block's causes or signals can change by it, not only how episodes count. */
    boolean changesDiagnosis() {
      return Stream.of(
              highOrder,
              freeShare,
              pageTableShare,
              unreclaimableSlabShare,
              shmemShare,
              unaccountedShare,
              criticalProcesses)
          .anyMatch(Objects::nonNull);
    }
  }

  private static void whole(String field, @Nullable Number value, long max)
      throws RuleFormatException {
    require(
        value == null || (value.longValue() >= 1 && value.longValue() <= max),
        field + " must be a whole number from 1 to " + max);
  }

  private static void share(String field, @Nullable Double value) throws RuleFormatException {
    require(value == null || (value >= 0 && value <= 1), field + SHARE);
  }

  private static void texts(String field, @Nullable List<String> values)
      throws RuleFormatException {
    list(field, values);
    if (values != null) {
      for (String value : values) {
        text(field, value);
      }
    }
  }

  private static void list(String field, @Nullable List<?> values) throws RuleFormatException {
    require(values == null || (!values.isEmpty() && values.size() <= MAX_LIST), field + LIST);
  }

  private static void text(String field, String value) throws RuleFormatException {
    require(!value.isEmpty() && value.length() <= MAX_TEXT, field + TEXTS);
  }

  private static void require(boolean valid, String reason) throws RuleFormatException {
    if (!valid) {
      throw new RuleFormatException(reason);
    }
  }
}

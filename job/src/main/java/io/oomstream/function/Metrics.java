package io.oomstream.function;

import java.util.List;

/**
 * The names of the job's metrics. Alerts and dashboards use them: a name stays.
 *
 * <p>Two sums hold in each attempt of the job, between checkpoints and after a restore: of the
 * decoder {@code linesRead = linesDropped + linesKept + linesUnproven}; of the assembler {@code
 * linesKept} and what was in the buffers before it = {@code linesEmitted + linesDuplicate +
 * linesLate + linesOrphaned + linesUnclaimed + linesOverLimit + linesForged + linesBuffered}.
 */
public final class Metrics {
  public static final String RECORDS_READ = "recordsRead";
  public static final String RECORD_TIMES_OUT_OF_BOUNDS = "recordTimesOutOfBounds";
  public static final String RECORDS_UNDECODABLE = "recordsUndecodable";
  public static final String LINES_READ = "linesRead";
  public static final String LINES_DROPPED = "linesDropped";
  public static final String LINES_KEPT = "linesKept";
  public static final String LINES_UNPROVEN = "linesUnproven";

  public static final String LINES_EMITTED = "linesEmitted";
  public static final String LINES_DUPLICATE = "linesDuplicate";
  public static final String LINES_LATE = "linesLate";
  public static final String LINES_ORPHANED = "linesOrphaned";
  public static final String LINES_UNCLAIMED = "linesUnclaimed";
  public static final String LINES_OVER_LIMIT = "linesOverLimit";
  public static final String LINES_FORGED = "linesForged";
  public static final String LINES_BUFFERED = "linesBuffered";
  public static final String LINES_BEHIND = "linesBehind";
  public static final String HOSTS_STALLED = "hostsStalled";

  public static final String KILLS = "kills";
  public static final String SIGNALS = "signals";
  public static final String BLOCKS = "blocks";
  public static final String BLOCKS_INCOMPLETE = "blocksIncomplete";
  public static final String LINES_UNPARSED = "linesUnparsed";
  public static final String SNAPSHOTS = "snapshots";
  public static final String SNAPSHOTS_UNDECODABLE = "snapshotsUndecodable";
  public static final String TREND_SIGNALS = "trendSignals";
  public static final String SAMPLES_LATE = "samplesLate";
  public static final String SAMPLES_OVER_LIMIT = "samplesOverLimit";
  public static final String INCIDENT_SIGNALS = "incidentSignals";
  public static final String FAILURES_GROUPED = "failuresGrouped";
  public static final String FLEET_KILLS_OVER_LIMIT = "fleetKillsOverLimit";
  public static final String FLEET_SIGNALS = "fleetSignals";
  public static final String RULE_CHANGES = "ruleChanges";
  public static final String RULES_REFUSED = "rulesRefused";
  public static final String SIGNALS_MUTED = "signalsMuted";

  /** One metric: its name, the operator that has it, and what it counts. */
  public record Described(String name, String operator, String what) {}

  private static final String DECODE = "decode and classify";
  private static final String ASSEMBLE = "assemble";
  private static final String DIAGNOSE = "parse and diagnose";

  private Metrics() {}

  /** All of them, as the README lists them. */
  public static List<Described> all() {
    return List.of(
        new Described(
            RECORD_TIMES_OUT_OF_BOUNDS,
            "kernel logs",
            "records whose time cannot be, before 1980 or after 9999: read with the bound for their"
                + " time; likewise of the other sources"),
        new Described(RECORDS_READ, DECODE, "records of the input topics"),
        new Described(
            RECORDS_UNDECODABLE,
            DECODE,
            "records that could not be read, whole or in part: in the dead letters"),
        new Described(LINES_READ, DECODE, "lines in them"),
        new Described(LINES_DROPPED, DECODE, "lines that can belong to no report"),
        new Described(LINES_KEPT, DECODE, "lines sent on to the assembler"),
        new Described(
            LINES_UNPROVEN,
            DECODE,
            "report lines whose envelope does not prove the kernel's facility, where"
                + " input.require-kernel-facility is set: in the dead letters"),
        new Described(LINES_EMITTED, ASSEMBLE, "lines that are in a report"),
        new Described(LINES_DUPLICATE, ASSEMBLE, "lines delivered again"),
        new Described(
            LINES_LATE,
            ASSEMBLE,
            "lines that came when their report had been concluded: in the dead letters"),
        new Described(LINES_ORPHANED, ASSEMBLE, "lines that no report claims: in the dead letters"),
        new Described(
            LINES_UNCLAIMED,
            ASSEMBLE,
            "stack frames, unknown lines and the like without a report: dropped, a second look of the classifier"),
        new Described(
            LINES_OVER_LIMIT,
            ASSEMBLE,
            "lines refused by a limit; those that begin or end a report are in the dead letters"),
        new Described(
            LINES_FORGED, ASSEMBLE, "lines from user space that look like the kernel's: signals"),
        new Described(LINES_BUFFERED, ASSEMBLE, "lines that wait in the hosts' buffers (gauge)"),
        new Described(
            LINES_BEHIND,
            ASSEMBLE,
            "of all lines those that came behind the watermark by more than the settling time"),
        new Described(
            HOSTS_STALLED, ASSEMBLE, "buffers concluded because host and event time stood still"),
        new Described(KILLS, DIAGNOSE, "kill events"),
        new Described(SIGNALS, DIAGNOSE, "signals of one report or line"),
        new Described(BLOCKS, DIAGNOSE, "reports"),
        new Described(BLOCKS_INCOMPLETE, DIAGNOSE, "reports with something missing"),
        new Described(LINES_UNPARSED, DIAGNOSE, "lines of reports that could not be read"),
        new Described(SNAPSHOTS, "read snapshots", "memory snapshots"),
        new Described(
            SNAPSHOTS_UNDECODABLE,
            "read snapshots",
            "records that could not be read, whole or in part: in the dead letters"),
        new Described(TREND_SIGNALS, "trends", "signals over a machine's memory samples"),
        new Described(
            SAMPLES_LATE, "trends", "samples that came when later ones had been taken in: dropped"),
        new Described(
            SAMPLES_OVER_LIMIT, "trends", "samples dropped because too many of a machine wait"),
        new Described(INCIDENT_SIGNALS, "incidents", "signals of a host's episodes"),
        new Described(
            FAILURES_GROUPED,
            "incidents",
            "failed allocations that are in an episode and no signal of their own"),
        new Described(
            FLEET_KILLS_OVER_LIMIT,
            "fleet shares",
            "kills left out of the fleet's count by a limit"),
        new Described(FLEET_SIGNALS, "fleet", "signals of the fleet's episodes"),
        new Described(RULE_CHANGES, "rules", "live rules taken, changed and removed"),
        new Described(RULES_REFUSED, "rules", "bad live rules: in the dead letters"),
        new Described(
            SIGNALS_MUTED, "mute", "signals that a live rule keeps back; for each rule too"));
  }

  /** The README's table. */
  public static String markdown() {
    StringBuilder table = new StringBuilder("\n| metric | operator | what |\n|---|---|---|\n");
    for (Described metric : all()) {
      table
          .append("| `")
          .append(metric.name())
          .append("` | ")
          .append(metric.operator())
          .append(" | ")
          .append(metric.what())
          .append(" |\n");
    }
    return table.toString();
  }
}

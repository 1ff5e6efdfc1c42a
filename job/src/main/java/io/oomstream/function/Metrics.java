package io.oomstream.function;

import java.util.List;

/**
 * The names of the job's metrics. Alerts and dashboards use them.
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
  public static final String FLEET_KILLS_LATE = "fleetKillsLate";
  public static final String NAMES_READ = "namesRead";
  public static final String NAMES_REFUSED = "namesRefused";
  public static final String NAMES_FOUND = "namesFound";
  public static final String NAMES_UNKNOWN = "namesUnknown";
  public static final String NAMES_WAITED = "namesWaited";
  public static final String NAMES_EVICTED = "namesEvicted";
  public static final String KEYS_STALLED = "keysStalled";
  public static final String TIMERS_MOVED = "timersMoved";

  public static final String CAUSE = "cause";
  public static final String SCOPE = "scope";
  public static final String KIND = "kind";
  public static final String SEVERITY = "severity";
  public static final String EVENTS_TOO_LARGE = "eventsTooLarge";
  public static final String KERNEL_TO_WRITTEN = "kernelToWrittenMs";

  /** One metric: its name, the operator that has it, and what it counts. */
  public record Described(String name, String operator, String what) {}

  private static final String SOURCE = "kernel logs";
  private static final String ASSEMBLE = "assemble";
  private static final String DIAGNOSE = "parse and diagnose";

  private static final String MUTE = "mute";

  private static final String WINDOWS = "incidents, fleet shares, fleet, trends, names";

  private Metrics() {}

  /** All of them, in the order of docs/reference/metrics.md. */
  public static List<Described> all() {
    return List.of(
        new Described(
            RECORD_TIMES_OUT_OF_BOUNDS,
            SOURCE,
            "records whose time cannot be, before 1980 or after 9999: read with the bound for their"
                + " time; likewise of the other sources"),
        new Described(RECORDS_READ, SOURCE, "records of the input topics"),
        new Described(
            RECORDS_UNDECODABLE,
            SOURCE,
            "records that could not be read completely; they are in the dead letters"),
        new Described(LINES_READ, SOURCE, "lines in them"),
        new Described(LINES_DROPPED, SOURCE, "lines that can't belong to a block"),
        new Described(LINES_KEPT, SOURCE, "lines sent to the assembler"),
        new Described(
            LINES_UNPROVEN,
            SOURCE,
            "block lines whose envelope does not prove the kernel's facility, if"
                + " input.require-kernel-facility is set; they are in the dead letters"),
        new Described(LINES_EMITTED, ASSEMBLE, "lines that are in a block"),
        new Described(LINES_DUPLICATE, ASSEMBLE, "lines that were delivered more than once"),
        new Described(
            LINES_LATE,
            ASSEMBLE,
            "lines that arrived after their block was concluded; they are in the dead letters"),
        new Described(
            LINES_ORPHANED,
            ASSEMBLE,
            "lines that belong to no block; they are in the dead letters"),
        new Described(
            LINES_UNCLAIMED,
            ASSEMBLE,
            "stack frames, unknown lines and the like that belong to no block, and what a boot says"
                + " of memory, which is remembered; they are dropped"),
        new Described(
            LINES_OVER_LIMIT,
            ASSEMBLE,
            "lines refused because of a limit; those that begin or end a block are in the dead"
                + " letters"),
        new Described(
            LINES_FORGED,
            ASSEMBLE,
            "lines from user space that look like the kernel's; they give signals"),
        new Described(LINES_BUFFERED, ASSEMBLE, "lines waiting in the hosts' buffers (gauge)"),
        new Described(
            LINES_BEHIND,
            ASSEMBLE,
            "lines that arrived behind the watermark by more than the settling time"),
        new Described(
            HOSTS_STALLED,
            ASSEMBLE,
            "buffers concluded because the host was silent, or event time would not reach it"),
        new Described(KILLS, DIAGNOSE, "kill events"),
        new Described(
            KILLS + "{cause,scope}", DIAGNOSE, "kill events by cause.primary and scope.kind"),
        new Described(SIGNALS, DIAGNOSE, "signals from a single block or line"),
        new Described(
            SIGNALS + "{kind,severity}",
            MUTE,
            "signals of all sources by kind and severity, as written"),
        new Described(BLOCKS, DIAGNOSE, "blocks"),
        new Described(BLOCKS_INCOMPLETE, DIAGNOSE, "blocks with something missing"),
        new Described(LINES_UNPARSED, DIAGNOSE, "lines of blocks that could not be read"),
        new Described(SNAPSHOTS, "read snapshots", "memory snapshots"),
        new Described(
            SNAPSHOTS_UNDECODABLE,
            "read snapshots",
            "records that could not be read completely; they are in the dead letters"),
        new Described(TREND_SIGNALS, "trends", "signals from a machine's memory samples"),
        new Described(
            SAMPLES_LATE, "trends", "samples dropped because a later one was already used"),
        new Described(
            SAMPLES_OVER_LIMIT,
            "trends",
            "samples dropped because too many of that machine are waiting"),
        new Described(INCIDENT_SIGNALS, "incidents", "signals of a host's episodes"),
        new Described(
            FAILURES_GROUPED,
            "incidents",
            "failed allocations that are part of an episode instead of a signal of their own"),
        new Described(
            FLEET_KILLS_OVER_LIMIT,
            "fleet shares",
            "kills not counted for the fleet because of a limit"),
        new Described(
            FLEET_KILLS_LATE,
            "fleet shares",
            "kills whose slice of ten seconds was already counted: counted in the first open one"),
        new Described(
            KEYS_STALLED, WINDOWS, "keys concluded because they and event time stood still"),
        new Described(
            TIMERS_MOVED, WINDOWS, "timers refused at a time that is over: more than 0 is a fault"),
        new Described(NAMES_READ, "names read", "words of the catalogue of workloads"),
        new Described(
            NAMES_REFUSED,
            "names read",
            "records of the catalogue that could not be read; they are in the dead letters"),
        new Described(NAMES_FOUND, "names", "kills of which the catalogue has the names"),
        new Described(
            NAMES_UNKNOWN, "names", "kills of containers and pods that are not in the catalogue"),
        new Described(
            NAMES_WAITED,
            "names",
            "kills, signals and counts of them that waited for names, because they were not there"
                + " at once"),
        new Described(
            NAMES_EVICTED,
            "names of nodes, names",
            "words forgotten early, because a node or a pod has too many"),
        new Described(FLEET_SIGNALS, "fleet", "signals of the fleet's episodes"),
        new Described(RULE_CHANGES, "rules", "live rules added, changed and removed"),
        new Described(RULES_REFUSED, "rules", "invalid live rules; they are in the dead letters"),
        new Described(
            SIGNALS_MUTED,
            MUTE,
            "signals not written because of a live rule; also counted for each rule"),
        new Described(
            EVENTS_TOO_LARGE,
            "sinks of events",
            "events over the record limit: written without their longest parts, or dropped if that"
                + " is not enough"),
        new Described(
            KERNEL_TO_WRITTEN,
            "sinks of events",
            "milliseconds from the wall clock of the kernel's line to the written event (histogram"
                + " of the newest 1024)"));
  }

  /** The table of docs/reference/metrics.md. */
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

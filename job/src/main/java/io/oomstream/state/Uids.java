package io.oomstream.state;

/** Operator uids. A savepoint finds its state by them: never change one. */
public final class Uids {
  public static final String SOURCE = "kernel-logs-source";
  public static final String INTAKE = "intake";

  public static final String ASSEMBLE = "assemble";
  public static final String DIAGNOSE = "diagnose";
  public static final String INCIDENTS = "incidents";
  public static final String FLEET_OCCURRENCES = "fleet-occurrences";
  public static final String FLEET_SHARES = "fleet-shares";
  public static final String FLEET = "fleet";
  public static final String RULES_SOURCE = "rules-source";
  public static final String RULES = "rules";
  public static final String NO_RULES = "no-rules";
  public static final String MUTE = "mute";
  public static final String KILLS_SINK = "kills-sink";
  public static final String SIGNALS_SINK = "signals-sink";
  public static final String BLOCKS_SINK = "blocks-sink";
  public static final String DEAD_LETTERS_SINK = "dead-letters-sink";

  public static final String SNAPSHOT_SOURCE = "memory-snapshots-source";
  public static final String SNAPSHOTS = "snapshots";
  public static final String TRENDS = "trends";

  public static final String WORKLOADS_SOURCE = "workloads-source";
  public static final String LOG_TIME = "log-time";
  public static final String CATALOGUE = "catalogue";
  public static final String RETENTION = "retained-entries";
  public static final String NAMES = "names";

  private Uids() {}
}

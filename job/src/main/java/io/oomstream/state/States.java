package io.oomstream.state;

import io.oomstream.anomaly.FleetHistory;
import io.oomstream.anomaly.FleetPartial;
import io.oomstream.anomaly.FleetShare;
import io.oomstream.anomaly.IncidentHistory;
import io.oomstream.anomaly.Occurrence;
import io.oomstream.anomaly.Unnamed;
import io.oomstream.assemble.PackedLine;
import io.oomstream.rule.RuleVersions;
import io.oomstream.trend.MachineHistory;
import io.oomstream.trend.MachineSample;
import io.oomstream.workload.KnownNames;
import io.oomstream.workload.RetainedEntry;
import io.oomstream.workload.RetentionHeader;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ValueStateDescriptor;

/** Every state of the job. The names are part of a savepoint: never change one. */
public final class States {

  /** A host's lines that are not yet concluded, each a {@link PackedLine}. */
  public static ListStateDescriptor<byte[]> buffer() {
    return new ListStateDescriptor<>("lines", Types.PACKED_LINE);
  }

  /** Facts of the buffer, to avoid reading it. */
  public static ValueStateDescriptor<BufferHeader> bufferHeader() {
    return new ValueStateDescriptor<>("header", Types.BUFFER_HEADER);
  }

  /** What the lines of a host's last two boots say of memory. */
  public static ValueStateDescriptor<BootState> boots() {
    return new ValueStateDescriptor<>("boots", Types.BOOT_STATE);
  }

  /** How many lines a subtask's buffers hold: only for the metrics, so that they add up. */
  public static ListStateDescriptor<Long> bufferedLines() {
    return new ListStateDescriptor<>("buffered", Types.COUNT);
  }

  /** The recent memory samples of a machine. */
  public static ValueStateDescriptor<MachineHistory> machineHistory() {
    return new ValueStateDescriptor<>("machine", Types.MACHINE_HISTORY);
  }

  /** Samples that wait for those before them. */
  public static ListStateDescriptor<MachineSample> pendingSamples() {
    return new ListStateDescriptor<>("pending-samples", Types.MACHINE_SAMPLE);
  }

  /** A host's kills and failures that event time has not reached. */
  public static ListStateDescriptor<Occurrence> occurrences() {
    return new ListStateDescriptor<>("occurrences", Types.OCCURRENCE);
  }

  /** A host's recent kills and failures, to group them. */
  public static ValueStateDescriptor<IncidentHistory> incidents() {
    return new ValueStateDescriptor<>("incidents", Types.INCIDENT_HISTORY);
  }

  /** The registered timers of a key, and how much waits for them. */
  public static ValueStateDescriptor<KeyTimers> timers() {
    return new ValueStateDescriptor<>("timers", Types.KEY_TIMERS);
  }

  /** Kills of one workload on one share of the hosts, whose slice has not ended. */
  public static ListStateDescriptor<FleetShare.Kill> fleetKills() {
    return new ListStateDescriptor<>("kills", Types.FLEET_KILL);
  }

  /** The hosts of one share on which a workload was killed. */
  public static ValueStateDescriptor<FleetShare> fleetShare() {
    return new ValueStateDescriptor<>("share", Types.FLEET_SHARE);
  }

  /** Partials of slices that have not ended on every share. */
  public static ListStateDescriptor<FleetPartial> fleetPartials() {
    return new ListStateDescriptor<>("partials", Types.FLEET_PARTIAL);
  }

  /** The recent kills of a workload over the fleet. */
  public static ValueStateDescriptor<FleetHistory> fleetHistory() {
    return new ValueStateDescriptor<>("fleet", Types.FLEET_HISTORY);
  }

  /** The versions of each live rule, to check the next one; under one key. */
  public static MapStateDescriptor<String, RuleVersions> newestRules() {
    return new MapStateDescriptor<>("newest-rules", Types.RULE_ID, Types.RULE_VERSIONS);
  }

  /** The live rules as every task knows them. */
  public static MapStateDescriptor<String, RuleVersions> rules() {
    return new MapStateDescriptor<>("rules", Types.RULE_ID, Types.RULE_VERSIONS);
  }

  /** What the catalogue of workloads says of one pod, or of one container. */
  public static ValueStateDescriptor<KnownNames> knownNames() {
    return new ValueStateDescriptor<>("known-names", Types.KNOWN_NAMES);
  }

  /** What waits for the names of its workload. */
  public static ListStateDescriptor<Unnamed> unnamed() {
    return new ListStateDescriptor<>("unnamed", Types.UNNAMED);
  }

  /** Which entries of the catalogue are remembered of a node, by their subjects. */
  public static MapStateDescriptor<String, RetainedEntry> retained() {
    return new MapStateDescriptor<>("retained-entries", Types.SUBJECT, Types.RETAINED_ENTRY);
  }

  /** Facts of the retained. */
  public static ValueStateDescriptor<RetentionHeader> retentionHeader() {
    return new ValueStateDescriptor<>("retention-header", Types.RETENTION_HEADER);
  }

  private States() {}
}

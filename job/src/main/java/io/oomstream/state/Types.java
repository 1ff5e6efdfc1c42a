package io.oomstream.state;

import io.oomstream.anomaly.FleetHistory;
import io.oomstream.anomaly.FleetPartial;
import io.oomstream.anomaly.FleetShare;
import io.oomstream.anomaly.IncidentHistory;
import io.oomstream.anomaly.Occurrence;
import io.oomstream.anomaly.Outbound;
import io.oomstream.anomaly.Unnamed;
import io.oomstream.assemble.HostLine;
import io.oomstream.assemble.segment.LineBlock;
import io.oomstream.event.DeadLetter;
import io.oomstream.event.OutgoingEvent;
import io.oomstream.format.line.RawRecord;
import io.oomstream.intake.IntakeItem;
import io.oomstream.rule.RuleChange;
import io.oomstream.rule.RuleVersions;
import io.oomstream.trend.MachineHistory;
import io.oomstream.trend.MachineSample;
import io.oomstream.workload.CatalogueEntry;
import io.oomstream.workload.KnownNames;
import io.oomstream.workload.KnownNamesChange;
import io.oomstream.workload.RetainedEntry;
import io.oomstream.workload.RetentionHeader;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.api.common.typeinfo.TypeInformation;

/** Type information of all elements and states. Generic types are switched off. */
public final class Types {
  public static final TypeInformation<RawRecord> RAW_RECORD = TypeInformation.of(RawRecord.class);
  public static final TypeInformation<IntakeItem> INTAKE_ITEM =
      TypeInformation.of(IntakeItem.class);
  public static final TypeInformation<HostLine> HOST_LINE = TypeInformation.of(HostLine.class);
  public static final TypeInformation<byte[]> PACKED_LINE =
      PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO;
  public static final TypeInformation<BufferHeader> BUFFER_HEADER =
      TypeInformation.of(BufferHeader.class);
  public static final TypeInformation<BootState> BOOT_STATE = TypeInformation.of(BootState.class);
  public static final TypeInformation<LineBlock> LINE_BLOCK = TypeInformation.of(LineBlock.class);
  public static final TypeInformation<OutgoingEvent> EVENT =
      TypeInformation.of(OutgoingEvent.class);
  public static final TypeInformation<DeadLetter> DEAD_LETTER =
      TypeInformation.of(DeadLetter.class);

  public static final TypeInformation<Outbound> OUTBOUND = TypeInformation.of(Outbound.class);
  public static final TypeInformation<Occurrence> OCCURRENCE = TypeInformation.of(Occurrence.class);
  public static final TypeInformation<IncidentHistory> INCIDENT_HISTORY =
      TypeInformation.of(IncidentHistory.class);
  public static final TypeInformation<KeyTimers> KEY_TIMERS = TypeInformation.of(KeyTimers.class);
  public static final TypeInformation<FleetShare> FLEET_SHARE =
      TypeInformation.of(FleetShare.class);
  public static final TypeInformation<FleetShare.Kill> FLEET_KILL =
      TypeInformation.of(FleetShare.Kill.class);
  public static final TypeInformation<FleetPartial> FLEET_PARTIAL =
      TypeInformation.of(FleetPartial.class);
  public static final TypeInformation<FleetHistory> FLEET_HISTORY =
      TypeInformation.of(FleetHistory.class);
  public static final TypeInformation<String> RULE_ID = TypeInformation.of(String.class);
  public static final TypeInformation<RuleChange> RULE_CHANGE =
      TypeInformation.of(RuleChange.class);
  public static final TypeInformation<RuleVersions> RULE_VERSIONS =
      TypeInformation.of(RuleVersions.class);

  public static final TypeInformation<MachineSample> MACHINE_SAMPLE =
      TypeInformation.of(MachineSample.class);
  public static final TypeInformation<MachineHistory> MACHINE_HISTORY =
      TypeInformation.of(MachineHistory.class);
  public static final TypeInformation<Long> COUNT = TypeInformation.of(Long.class);

  public static final TypeInformation<CatalogueEntry> CATALOGUE_ENTRY =
      TypeInformation.of(CatalogueEntry.class);
  public static final TypeInformation<KnownNamesChange> KNOWN_NAMES_CHANGE =
      TypeInformation.of(KnownNamesChange.class);
  public static final TypeInformation<KnownNames> KNOWN_NAMES =
      TypeInformation.of(KnownNames.class);
  public static final TypeInformation<Unnamed> UNNAMED = TypeInformation.of(Unnamed.class);
  public static final TypeInformation<String> SUBJECT = TypeInformation.of(String.class);
  public static final TypeInformation<RetainedEntry> RETAINED_ENTRY =
      TypeInformation.of(RetainedEntry.class);
  public static final TypeInformation<RetentionHeader> RETENTION_HEADER =
      TypeInformation.of(RetentionHeader.class);

  private Types() {}
}

package io.oomstream.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.oomstream.anomaly.FleetHistory;
import io.oomstream.anomaly.FleetPartial;
import io.oomstream.anomaly.FleetShare;
import io.oomstream.anomaly.Incident;
import io.oomstream.anomaly.IncidentHistory;
import io.oomstream.anomaly.Outbound;
import io.oomstream.anomaly.TestOccurrences;
import io.oomstream.anomaly.Unnamed;
import io.oomstream.assemble.BufferSize;
import io.oomstream.assemble.HostLine;
import io.oomstream.assemble.PackedLine;
import io.oomstream.assemble.StepPlan;
import io.oomstream.assemble.segment.BootLedger;
import io.oomstream.assemble.segment.BootLog;
import io.oomstream.event.OutgoingEvent;
import io.oomstream.event.RuleRef;
import io.oomstream.event.Severity;
import io.oomstream.event.SignalKind;
import io.oomstream.event.section.Host;
import io.oomstream.event.section.Kubernetes;
import io.oomstream.event.section.Owner;
import io.oomstream.event.section.Provenance;
import io.oomstream.format.line.KernelLine;
import io.oomstream.golden.GoldenFile;
import io.oomstream.rule.DetectorLimits;
import io.oomstream.rule.RuleChange;
import io.oomstream.rule.RuleVersions;
import io.oomstream.trend.MachineHistory;
import io.oomstream.trend.MachineSample;
import io.oomstream.workload.CatalogueEntry;
import io.oomstream.workload.KnownNames;
import io.oomstream.workload.RetainedEntry;
import io.oomstream.workload.RetentionHeader;
import io.oomstream.workload.Source;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSchemaCompatibility;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputViewStreamWrapper;
import org.apache.flink.core.memory.DataOutputViewStreamWrapper;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every state's serializer snapshot and a value's bytes, as each release wrote them. What once
 * stood in a savepoint must be read for ever: from the first release on, files are added, and none
 * is written anew. Of a type with more than one file the last is what is written today.
 */
class GoldenStateTest {

  private static final KernelLine LINE =
      new KernelLine(
          "db1",
          "0f00",
          1_766_052_311_123_456L,
          81_429_116L,
          1337L,
          0,
          4,
          "T123",
          null,
          "Mem-Info: \u00ff",
          "kernel.logs",
          2,
          42L,
          1,
          1_766_052_311_200L);

  private static final HostLine HOST_LINE =
      HostLine.of(
          LINE, new byte[] {1}, 1_766_052_311_300L, new long[] {Long.MIN_VALUE, 1330, 1334, 1336});

  private static final HostLine BASE = PackedLine.unpackBase(PackedLine.base(HOST_LINE));

  private static final Incident INCIDENT =
      new Incident(
          new Incident.Identity("e", "OOM_STORM", "", null, Provenance.KERNEL),
          new Incident.Times(1, 2, 3, 4, 5),
          new DetectorLimits(6, 8, 7, List.of(new RuleRef("r", 2))),
          new Incident.Counts(9, 10, 11, 12),
          new Incident.Worst(3, 4096L, "f"),
          Instant.ofEpochSecond(9),
          List.of("id1"));

  private static final CatalogueEntry CATALOGUE_ENTRY =
      new CatalogueEntry(
          Source.LINKS,
          "c0ffee",
          "0b8f5d3e-94ad-4a6d-9f6b-2f2f8e4d7a10",
          "db1",
          new Kubernetes(
              "prod",
              "db1",
              "shop",
              "web-0",
              "app",
              2,
              new Owner("StatefulSet", "web", Owner.Origin.INFERRED),
              Map.of("app", "web")),
          Map.of("com.docker.compose.project", "p"),
          1_000,
          2_000);

  private static final OutgoingEvent EVENT =
      new OutgoingEvent(
          OutgoingEvent.Type.KILL,
          "id1",
          "db1",
          "/oomstream/hosts/db1",
          "process/7",
          Instant.ofEpochSecond(9),
          new byte[] {'{', '}'});

  record Golden<T>(String file, TypeInformation<T> type, T value, boolean today) {
    Golden(String file, TypeInformation<T> type, T value) {
      this(file, type, value, true);
    }

    @Override
    public String toString() {
      return file;
    }
  }

  static Stream<Golden<?>> states() {
    return Stream.of(
        new Golden<>("host-line-1.bin", Types.HOST_LINE, HOST_LINE),
        new Golden<>("packed-line-1.bin", Types.PACKED_LINE, PackedLine.pack(HOST_LINE, BASE)),
        new Golden<>(
            "buffer-header-1.bin",
            Types.BUFFER_HEADER,
            new BufferHeader(
                new BufferSize(3, 1, 400, 1),
                new StepPlan(4_000, 5_000, 2),
                new BufferTimers(8_000, 30_000, 1_000, 28_000, 29_000, 27_000, 4_999, true),
                PackedLine.base(HOST_LINE))),
        new Golden<>(
            "boots-1.bin",
            Types.BOOT_STATE,
            new BootState(
                new BootLedger(
                    new BootLog("0f01", 2_000, 700_000, "Freeing initrd memory: 8K\n"),
                    new BootLog(null, 1_000, Long.MIN_VALUE, ""),
                    3_000),
                9_000)),
        new Golden<>("count-1.bin", Types.COUNT, 7L),
        new Golden<>(
            "machine-sample-1.bin",
            Types.MACHINE_SAMPLE,
            new MachineSample(
                "db1",
                new Host("db1", "0f00", null, null, null, 4096L),
                1_000,
                999,
                "id1",
                "0f00",
                Map.of("managed", 8L),
                3L,
                1)),
        new Golden<>(
            "machine-history-1.bin",
            Types.MACHINE_HISTORY,
            new MachineHistory(
                "0f00",
                1_000,
                new long[] {998, 999},
                List.of(new MachineHistory.Track("managed", new long[] {7, 8})),
                List.of(new MachineHistory.Episode("SLAB_GROWTH", "kmalloc-2k", "id2", 5, 6, 7.5)),
                3,
                List.of(new MachineHistory.KillCount(990, "id3", 2)),
                List.of("id1"))),
        new Golden<>(
            "occurrence-1.bin",
            Types.OCCURRENCE,
            TestOccurrences.failure("db1", "id1", 5, 3, 4096, "f")),
        new Golden<>(
            "incidents-1.bin",
            Types.INCIDENT_HISTORY,
            new IncidentHistory(
                List.of(new IncidentHistory.Seen("KILL", "id1", 5, "w", 3, 4096L, "f")),
                List.of(INCIDENT),
                6)),
        new Golden<>("key-timers-1.bin", Types.KEY_TIMERS, new KeyTimers(1, 2, 3, 4, 5, 6, 7)),
        new Golden<>(
            "fleet-share-1.bin",
            Types.FLEET_SHARE,
            new FleetShare(List.of(new FleetShare.HostSlice("db1", 7, List.of(9L))), 8)),
        new Golden<>("fleet-kill-1.bin", Types.FLEET_KILL, new FleetShare.Kill("db1", "id1", 5, 2)),
        new Golden<>(
            "fleet-partial-1.bin",
            Types.FLEET_PARTIAL,
            new FleetPartial(
                "w", 1, 2, 3, 4, List.of(new FleetPartial.SliceCount(5, 6)), List.of("id1"), 7, 8)),
        new Golden<>(
            "fleet-history-1.bin",
            Types.FLEET_HISTORY,
            new FleetHistory(
                List.of(new FleetPartial.SliceCount(5, 6)),
                List.of(new FleetHistory.RecentKills(5, 6, List.of("id1"), 7, 8)),
                INCIDENT,
                9)),
        new Golden<>(
            "rule-change-1.bin", Types.RULE_CHANGE, new RuleChange("r", 2, 3, 1, new byte[] {'{'})),
        new Golden<>(
            "rule-versions-1.bin",
            Types.RULE_VERSIONS,
            new RuleVersions(List.of(new RuleChange("r", 0, 3, 1, null)))),
        new Golden<>(
            "known-names-1.bin",
            Types.KNOWN_NAMES,
            new KnownNames(List.of(CATALOGUE_ENTRY), 1_790_172_800_000L)),
        new Golden<>(
            "unnamed-1.bin",
            Types.UNNAMED,
            new Unnamed(
                "db1",
                1_000,
                "c0ffee",
                "0b8f5d3e-94ad-4a6d-9f6b-2f2f8e4d7a10",
                EVENT,
                new Outbound(EVENT, SignalKind.OOM_STORM, Severity.CRITICAL, "db1", "w", 1_000),
                TestOccurrences.failure("db1", "id1", 5, 3, 4096, "f"))),
        new Golden<>(
            "retained-entry-1.bin",
            Types.RETAINED_ENTRY,
            new RetainedEntry(List.of("c0ffee"), 1_000)),
        new Golden<>(
            "retention-header-1.bin", Types.RETENTION_HEADER, new RetentionHeader(3, 1_000)));
  }

  @ParameterizedTest
  @MethodSource("states")
  <T> void isReadAndWrittenAsTheReleaseThatMadeItDid(Golden<T> golden) throws IOException {
    TypeSerializer<T> serializer = golden.type().createSerializer(new SerializerConfigImpl());
    byte[] now = bytes(serializer, golden.value());
    Path path = Path.of("src/test/resources/state", golden.file());
    if (golden.today()) {
      new GoldenFile(path).mustBe(now);
    }
    try (InputStream in = Files.newInputStream(path)) {
      DataInputViewStreamWrapper view = new DataInputViewStreamWrapper(in);
      TypeSerializerSnapshot<T> old =
          TypeSerializerSnapshot.readVersionedSnapshot(view, getClass().getClassLoader());
      TypeSerializerSchemaCompatibility<T> compatibility =
          serializer.snapshotConfiguration().resolveSchemaCompatibility(old);
      assertThat(compatibility.isIncompatible()).isFalse();
      TypeSerializer<T> reader =
          compatibility.isCompatibleWithReconfiguredSerializer()
              ? compatibility.getReconfiguredSerializer()
              : old.restoreSerializer();
      T value = reader.deserialize(view);
      assertThat(value).usingRecursiveComparison().isEqualTo(golden.value());
    }
  }

  private static <T> byte[] bytes(TypeSerializer<T> serializer, T value) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputViewStreamWrapper out = new DataOutputViewStreamWrapper(bytes);
    TypeSerializerSnapshot.writeVersionedSnapshot(out, serializer.snapshotConfiguration());
    serializer.serialize(value, out);
    return bytes.toByteArray();
  }
}

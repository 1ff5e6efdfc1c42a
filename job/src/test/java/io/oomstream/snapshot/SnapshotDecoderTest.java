package io.oomstream.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import io.oomstream.format.line.RawRecord;
import io.oomstream.lab.LabLogs;
import io.oomstream.lab.LabSnapshots;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;

@NullUnmarked
class SnapshotDecoderTest {

  private static final LabSnapshots.LabSnapshot LAB =
      LabSnapshots.of("6.1.0-50-amd64", "21-growth").get(6);

  @Test
  void readsAnEnvelopeOfALabMachine() {
    SnapshotDecoder.Decoded decoded =
        SnapshotDecoder.decode(LabSnapshots.envelope("db1", LAB, 0, 0), null);
    assertThat(decoded.complaint()).isEmpty();
    Snapshot snapshot = decoded.snapshots().get(0);
    assertThat(snapshot.hostKey()).isEqualTo("db1");
    assertThat(snapshot.measuredMs()).isEqualTo(LabSnapshots.BOOT_MS + 16_168);
    assertThat(snapshot.oomKills()).isEqualTo(1);
    assertThat(snapshot.values())
        .containsEntry(SnapshotFigures.MANAGED, 222_396L * 1024)
        .containsEntry(SnapshotFigures.ALLOC_STALL, 17L)
        .containsKeys(
            SnapshotFigures.AVAILABLE,
            SnapshotFigures.UNACCOUNTED,
            SnapshotFigures.HIGH_ORDER_FREE,
            SnapshotFigures.PAGE_TABLES);
    assertThat(snapshot.caches()).containsEntry("task_struct", 155L * 6208);
  }

  @Test
  void everyLabFileIsReadAloneByItsShape() {
    for (String kernel : LabLogs.KERNELS) {
      for (LabSnapshots.LabSnapshot lab : LabSnapshots.of(kernel, "12-slab-leak")) {
        lab.files()
            .forEach(
                (name, text) -> {
                  assertThat(FileKind.ofShape(text)).as(name).isEqualTo(FileKind.ofName(name));
                  assertThat(decode(text, Map.of(), "h").complaint()).as(name).isEmpty();
                });
        // The machine hands out all that it counts; what it does not is small on these.
        Meminfo meminfo = Meminfo.parse(lab.files().get("meminfo"));
        assertThat(meminfo).isNotNull();
        assertThat(meminfo.unaccounted()).isBetween(0L, meminfo.get("MemTotal") / 4);
      }
    }
  }

  @Test
  void readsControlGroupsOfBothVersionsAndPressure() {
    SnapshotDecoder.Decoded decoded =
        decode(
            "{\"host\":\"a\",\"time\":1790000000.25,\"files\":{"
                + "\"/sys/fs/cgroup/kubepods.slice/memory.events\":\"low 0\\noom 3\\noom_kill 2\\n\","
                + "\"/sys/fs/cgroup/kubepods.slice/memory.stat\":\"anon 4096\\nslab 10\\n\","
                + "\"/sys/fs/cgroup/memory/docker/x/memory.stat\":\"cache 1\\nrss 2\\n\","
                + "\"/proc/pressure/memory\":\"some avg10=1.00 avg60=20.5 avg300=0.00 total=9\\n"
                + "full avg10=0.00 avg60=7.03 avg300=0.00 total=9\\n\",\"other\":\"?\"}}",
            Map.of(),
            null);
    assertThat(decoded.complaint()).isEmpty();
    Snapshot snapshot = decoded.snapshots().get(0);
    assertThat(snapshot.measuredMs()).isEqualTo(1_790_000_000_250L);
    assertThat(snapshot.cgroups().get("/kubepods.slice").events()).containsEntry("oom_kill", 2L);
    assertThat(snapshot.cgroups().get("/kubepods.slice").stat()).containsEntry("anon", 4096L);
    assertThat(snapshot.cgroups().get("/docker/x").stat()).containsEntry("rss", 2L);
    assertThat(snapshot.values())
        .containsEntry(SnapshotFigures.PRESSURE_SOME, 2050L)
        .containsEntry(SnapshotFigures.PRESSURE_FULL, 703L);
  }

  @Test
  void plainTextTakesHostTimeAndFileFromItsHeaders() {
    Map<String, byte[]> headers = new HashMap<>();
    headers.put(
        SnapshotDecoder.TIME_HEADER, "2026-11-23T06:00:00Z".getBytes(StandardCharsets.UTF_8));
    headers.put(
        SnapshotDecoder.FILE_HEADER,
        "/sys/fs/cgroup/a.slice/memory.stat".getBytes(StandardCharsets.UTF_8));
    Snapshot snapshot = decode("anon 1\nfile 2\n", headers, "h").snapshots().get(0);
    assertThat(snapshot.measuredMs()).isEqualTo(LabSnapshots.BOOT_MS);
    assertThat(snapshot.cgroups()).containsKey("/a.slice");
    assertThat(snapshot.eventTimeMs()).isEqualTo(42);
  }

  @Test
  void slabinfoTwoZeroAndNamesWithSpaces() {
    Slabinfo slabinfo =
        Slabinfo.parse(
            "slabinfo - version: 2.0\n# name ...\n"
                + "my cache 5  10  100 4 1 : tunables 1 2 3 : slabdata 1 2 3\n");
    assertThat(slabinfo).isNotNull();
    assertThat(slabinfo.caches()).containsExactly(Map.entry("my cache", 1000L));
    assertThat(Slabinfo.parse("slabinfo - version: 1.1\nkmem_cache 1 2 3 4 5 6\n")).isNull();
  }

  @Test
  void saysWhatIsWrong() {
    assertThat(decode("", Map.of(), "h").complaint()).isEqualTo("an empty record");
    assertThat(decode("hello\n", Map.of(), "h").complaint()).contains("no file that is known");
    assertThat(decode("MemTotal: 1 kB\n", Map.of(), null).complaint()).contains("no host");
    assertThat(decode("{\"host\":\"h\",", Map.of(), "h").complaint()).isEqualTo("broken JSON");
    assertThat(decode("{\"host\":\"h\"}", Map.of(), null).complaint()).contains("no file");
    assertThat(
            decode(
                    "{\"host\":\"h\",\"time\":\"now\",\"files\":{\"meminfo\":\"MemTotal: 1 kB\"}}",
                    Map.of(),
                    null)
                .complaint())
        .contains("time");
    SnapshotDecoder.Decoded half =
        decode(
            "{\"host\":\"h\",\"files\":{\"meminfo\":\"MemTotal: 1 kB\",\"slabinfo\":\"?\"}}",
            Map.of(),
            null);
    assertThat(half.snapshots()).hasSize(1);
    assertThat(half.complaint()).contains("slabinfo");
  }

  @Test
  void repeatsHaveOneIdAndOthersAnother() {
    List<String> ids =
        List.of(0, 1).stream()
            .map(p -> SnapshotDecoder.decode(LabSnapshots.envelope("h", LAB, p, p), null))
            .map(d -> d.snapshots().get(0).id())
            .toList();
    assertThat(ids.get(0)).isEqualTo(ids.get(1));
    assertThat(
            SnapshotDecoder.decode(LabSnapshots.envelope("g", LAB, 0, 0), null)
                .snapshots()
                .get(0)
                .id())
        .isNotEqualTo(ids.get(0));
  }

  @Property(tries = 300)
  void noBytesMakeItThrow(
      @ForAll byte[] noise,
      @ForAll @IntRange(min = 0, max = 5) int which,
      @ForAll @IntRange(min = 0, max = 20_000) int cut) {
    assertThat(decode(noise, Map.of(), "h")).isNotNull();
    byte[] whole =
        which == 5
            ? LabSnapshots.envelope("h", LAB, 0, 0).value()
            : List.copyOf(LAB.files().values()).get(which).getBytes(StandardCharsets.UTF_8);
    byte[] damaged = Arrays.copyOf(whole, Math.min(cut, whole.length));
    for (int i = 0; i < noise.length && damaged.length > 0; i++) {
      damaged[Math.floorMod(noise[i] * 31 + i * 997, damaged.length)] = noise[i];
    }
    SnapshotDecoder.Decoded decoded = decode(damaged, Map.of(), "h");
    assertThat(decoded.snapshots().isEmpty() && decoded.complaint().isEmpty()).isFalse();
  }

  private static SnapshotDecoder.Decoded decode(
      String text, Map<String, byte[]> headers, @org.jspecify.annotations.Nullable String host) {
    return decode(text.getBytes(StandardCharsets.UTF_8), headers, host);
  }

  private static SnapshotDecoder.Decoded decode(
      byte[] value, Map<String, byte[]> headers, @org.jspecify.annotations.Nullable String host) {
    return SnapshotDecoder.decode(
        new RawRecord("kernel.memory-snapshots", 0, 1, 42, null, value, headers), host);
  }
}

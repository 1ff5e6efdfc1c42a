package io.oomstream.lab;

import io.oomstream.event.EventJson;
import io.oomstream.format.line.RawRecord;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/** The files of /proc that the lab's machines wrote down while they ran out of memory. */
public final class LabSnapshots {

  /** When the lab's machines are taken to have been started, ms since 1970. */
  public static final long BOOT_MS = Instant.parse("2026-11-23T06:00:00Z").toEpochMilli();

  private static final Map<String, byte[]> FILES = read();

  private LabSnapshots() {}

  /**
   * One snapshot.
   *
   * @param files text by name: meminfo, slabinfo, buddyinfo, vmstat, zoneinfo
   */
  public record LabSnapshot(long timeMs, Map<String, String> files) {}

  /** The snapshots of one run, oldest first; empty if it has none. */
  public static List<LabSnapshot> of(String kernel, String scenario) {
    String folder = kernel + "/" + scenario + "/";
    byte[] times = FILES.get(folder + "times.txt");
    List<LabSnapshot> snapshots = new ArrayList<>();
    if (times == null) {
      return snapshots;
    }
    for (String line : new String(times, StandardCharsets.US_ASCII).lines().toList()) {
      String[] words = line.split(" ");
      Map<String, String> files = new LinkedHashMap<>();
      for (Map.Entry<String, byte[]> file : FILES.entrySet()) {
        String start = folder + words[0] + "-";
        if (file.getKey().startsWith(start)) {
          files.put(
              file.getKey().substring(start.length()).replace(".txt", ""),
              new String(file.getValue(), StandardCharsets.US_ASCII));
        }
      }
      long ms = BOOT_MS + Math.round(Double.parseDouble(words[1]) * 1000);
      snapshots.add(new LabSnapshot(ms, files));
    }
    return snapshots;
  }

  /** Scenarios of one kernel that have snapshots. */
  public static List<String> scenarios(String kernel) {
    return FILES.keySet().stream()
        .filter(name -> name.startsWith(kernel + "/"))
        .map(name -> name.split("/")[1])
        .distinct()
        .toList();
  }

  /** As a record in the JSON envelope. */
  public static RawRecord envelope(String host, LabSnapshot snapshot, int partition, long offset) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("host", host);
    json.put("time", Instant.ofEpochMilli(snapshot.timeMs()).toString());
    json.put("bootId", "0f00aa00-0000-4000-8000-000000000001");
    json.put("pageSize", 4096);
    json.put("files", snapshot.files());
    return new RawRecord(
        "kernel.memory-snapshots",
        partition,
        offset,
        snapshot.timeMs(),
        host.getBytes(StandardCharsets.UTF_8),
        EventJson.toBytes(json),
        Map.of());
  }

  private static Map<String, byte[]> read() {
    Map<String, byte[]> files = new TreeMap<>();
    try (InputStream in = LabSnapshots.class.getResourceAsStream("/lab/snapshots.zip")) {
      ZipInputStream zip = new ZipInputStream(in, StandardCharsets.UTF_8);
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        files.put(entry.getName(), zip.readAllBytes());
      }
      return files;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

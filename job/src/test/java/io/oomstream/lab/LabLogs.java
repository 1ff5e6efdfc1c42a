package io.oomstream.lab;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/**
 * The logs of real kernels that really ran out of memory, with what the guest's own processes saw.
 */
public final class LabLogs {

  public static final List<String> KERNELS =
      List.of(
          "5.10.0-46-amd64",
          "6.1.0-50-686-pae",
          "6.1.0-50-amd64",
          "6.1.0-50-arm64",
          "6.12.117+deb13-amd64");

  private static final ObjectMapper JSON = new ObjectMapper();

  private LabLogs() {}

  /**
   * One log.
   *
   * @param form the file: kmsg.log, dmesg.log, dmesg-T.log, console.log or netconsole.log
   */
  public record LabLog(String kernel, String scenario, String form, byte[] bytes, JsonNode truth) {

    @Override
    public String toString() {
      return kernel + "/" + scenario + "/" + form;
    }

    /** The log's lines, without their ends. */
    public List<byte[]> lines() {
      List<byte[]> lines = new ArrayList<>();
      int start = 0;
      for (int i = 0; i <= bytes.length; i++) {
        if (i == bytes.length || bytes[i] == '\n') {
          if (i > start) {
            lines.add(java.util.Arrays.copyOfRange(bytes, start, i));
          }
          start = i + 1;
        }
      }
      return lines;
    }
  }

  /** Every log in every form. */
  public static List<LabLog> all() {
    List<LabLog> logs = new ArrayList<>();
    KERNELS.forEach(kernel -> logs.addAll(of(kernel)));
    return logs;
  }

  /** One log; fails if there is none. */
  public static LabLog one(String kernel, String scenario, String form) {
    return of(kernel).stream()
        .filter(log -> log.scenario().equals(scenario) && log.form().equals(form))
        .findFirst()
        .orElseThrow();
  }

  /** Every log of one kernel. */
  public static List<LabLog> of(String kernel) {
    Map<String, byte[]> files = new TreeMap<>();
    try (InputStream in = LabLogs.class.getResourceAsStream("/lab/" + kernel + ".zip")) {
      ZipInputStream zip = new ZipInputStream(in, StandardCharsets.UTF_8);
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        files.put(entry.getName(), zip.readAllBytes());
      }
      List<LabLog> logs = new ArrayList<>();
      for (Map.Entry<String, byte[]> file : files.entrySet()) {
        String[] path = file.getKey().split("/");
        if (path[1].endsWith(".log")) {
          JsonNode truth = JSON.readTree(files.get(path[0] + "/truth.json"));
          logs.add(new LabLog(kernel, path[0], path[1], file.getValue(), truth));
        }
      }
      return logs;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

package io.oomstream.rehearsal;

import io.oomstream.kafka.local.TopicWriter;
import io.oomstream.lab.LabLogs;
import io.oomstream.lab.LabLogs.LabLog;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Lab logs as hosts whose lines arrive in four parts, each cut within the host's reports: what is
 * between two parts happens in mid-block.
 */
final class CutFleet {
  static final int PARTS = 4;

  private static final long BEGIN_MS = 1_700_000_000_000L;
  private static final long AFTER_MS = 120_000;
  private static final int PARTITIONS = 4;

  private final List<LabLog> logs =
      List.of(
          LabLogs.one("6.12.117+deb13-amd64", "03-memcg2-kube", "kmsg.log"),
          LabLogs.one("6.1.0-50-amd64", "02-global-swap", "kmsg.log"),
          LabLogs.one("6.1.0-50-arm64", "05-oom-group", "kmsg.log"),
          LabLogs.one("5.10.0-46-amd64", "16-nasty-comm", "kmsg.log"));

  private final List<List<byte[]>> hosts = logs.stream().map(LabLog::lines).toList();

  int hosts() {
    return hosts.size();
  }

  static int partitions() {
    return PARTITIONS;
  }

  /** Sends one part of every host, keyed by host as the shippers do. */
  int send(TopicWriter writer, String topic, int part) {
    int sent = 0;
    for (int h = 0; h < hosts.size(); h++) {
      List<byte[]> lines = hosts.get(h);
      List<Integer> cuts = cuts(lines);
      byte[] key = ("host" + h).getBytes(StandardCharsets.UTF_8);
      for (byte[] line : lines.subList(cuts.get(part), cuts.get(part + 1))) {
        writer.send(topic, null, key, line, BEGIN_MS + part, Map.of());
        sent++;
      }
    }
    writer.flush();
    return sent;
  }

  /** Chatter of later, in every partition: event time passes the reports' ends. */
  static void passTime(TopicWriter writer, String topic) {
    for (int partition = 0; partition < PARTITIONS; partition++) {
      byte[] line = "6,9000000,9000000000,-;usb 1-1: new device".getBytes(StandardCharsets.UTF_8);
      byte[] key = "chatter".getBytes(StandardCharsets.UTF_8);
      writer.send(topic, partition, key, line, BEGIN_MS + AFTER_MS, Map.of());
    }
    writer.flush();
  }

  /** Where the parts begin and end: the inner cuts lie between the first report's head and kill. */
  private static List<Integer> cuts(List<byte[]> lines) {
    int first = index(lines, "invoked oom-killer");
    int kill = index(lines, "illed process");
    List<Integer> cuts = new ArrayList<>();
    cuts.add(0);
    for (int part = 1; part < PARTS; part++) {
      cuts.add(first + Math.max(1, (kill - first) * part / PARTS));
    }
    cuts.add(lines.size());
    return cuts;
  }

  private static int index(List<byte[]> lines, String text) {
    for (int i = 0; i < lines.size(); i++) {
      if (new String(lines.get(i), StandardCharsets.ISO_8859_1).contains(text)) {
        return i;
      }
    }
    throw new IllegalStateException("no line with " + text);
  }
}

package io.oomstream.rehearsal;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.oomstream.event.EventJson;
import io.oomstream.format.line.KernelLine;
import io.oomstream.lab.LabLogs;
import io.oomstream.lab.LabLogs.LabLog;
import io.oomstream.lab.Lines;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Random;

/**
 * A fleet that runs out of memory one host after the other: each writes its log within a few
 * seconds, in Fluent Bit's kmsg form, without a key, to any partition; one record in twenty comes
 * twice. The same every time.
 */
final class LiveFleet {

  static final int PARTITIONS = 4;

  private static final int LONGEST_LOG = 400;
  private static final double DOUBLED = 0.05;
  private static final long SEED = 14;

  /** How long a host takes for its log, seconds. */
  private static final double SPAN = 6;

  /**
   * A record.
   *
   * @param second when it is written, after the first
   */
  record Shipped(double second, int partition, byte[] value) {}

  private LiveFleet() {}

  /** All records in the order of their times, which end after so many seconds. */
  static List<Shipped> of(int hosts, double seconds) {
    Random random = new Random(SEED);
    List<LabLog> logs = logs();
    List<Shipped> records = new ArrayList<>();
    for (int h = 0; h < hosts; h++) {
      LabLog log = logs.get(h % logs.size());
      List<byte[]> lines = new ArrayList<>();
      String host = "host" + h;
      Lines.of(log, 1).forEach(line -> lines.add(fluentBit(line.line(), host)));
      double begin = (seconds - SPAN) * h / hosts;
      for (int i = 0; i < lines.size(); i++) {
        double at = begin + SPAN * i / lines.size();
        records.add(new Shipped(at, random.nextInt(PARTITIONS), lines.get(i)));
        if (random.nextDouble() < DOUBLED) {
          double again = at + random.nextDouble();
          records.add(new Shipped(again, random.nextInt(PARTITIONS), lines.get(i)));
        }
      }
    }
    records.sort(Comparator.comparingDouble(Shipped::second));
    return records;
  }

  /** Nothing of any report, for event time to go on. */
  static byte[] chatter() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("priority", 6);
    json.put("sequence", 9_000_000);
    json.put("sec", 9_000);
    json.put("usec", 0);
    json.put("msg", "usb 1-1: new high-speed USB device number 2 using xhci_hcd");
    json.put("host", "chatter");
    return EventJson.toBytes(json);
  }

  /** One scenario after the other, each of all kernels: so that hosts share their workloads. */
  private static List<LabLog> logs() {
    List<LabLog> logs = new ArrayList<>();
    for (LabLog log : LabLogs.all()) {
      if (log.form().equals("kmsg.log") && log.lines().size() <= LONGEST_LOG) {
        logs.add(log);
      }
    }
    logs.sort(Comparator.comparing(LabLog::scenario).thenComparing(LabLog::kernel));
    return logs;
  }

  private static byte[] fluentBit(KernelLine line, String host) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("priority", line.level());
    json.put("sequence", line.sequence());
    long us = Objects.requireNonNull(line.kernelTimeUs());
    json.put("sec", us / 1_000_000);
    json.put("usec", us % 1_000_000);
    json.put("msg", line.text().replace("\\", "\\x5c").replace("\n", "\\x0a"));
    json.put("host", host);
    return EventJson.toBytes(json);
  }
}

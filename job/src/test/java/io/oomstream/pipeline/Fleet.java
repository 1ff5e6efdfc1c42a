package io.oomstream.pipeline;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.oomstream.event.EventJson;
import io.oomstream.format.line.KernelLine;
import io.oomstream.lab.LabLogs;
import io.oomstream.lab.Lines;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;

/** Lab logs as a fleet's records: Fluent Bit's kmsg form, each log a host, mixed. */
final class Fleet {

  private Fleet() {}

  /** A record and the partition it goes to. */
  record Shipped(byte[] value, int partition) {}

  /** The block lines of the hosts, host by host in the kernel's order, hosts mixed at random. */
  static List<Shipped> of(List<LabLogs.LabLog> logs, int partitions, long seed) {
    Random random = new Random(seed);
    List<List<byte[]>> hosts = new ArrayList<>();
    for (int i = 0; i < logs.size(); i++) {
      String host = "host" + i;
      hosts.add(
          new ArrayList<>(
              Lines.of(logs.get(i), 1).stream().map(l -> fluentBit(l.line(), host)).toList()));
    }
    List<Shipped> mixed = new ArrayList<>();
    while (!hosts.isEmpty()) {
      List<byte[]> host = hosts.get(random.nextInt(hosts.size()));
      mixed.add(new Shipped(host.remove(0), random.nextInt(partitions)));
      hosts.removeIf(List::isEmpty);
    }
    return mixed;
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

package io.oomstream.bench;

import io.oomstream.kafka.local.TopicWriter;
import io.oomstream.lab.LabLogs;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/**
 * Records of several hosts, keyed by host, with so many lines of blocks among the chatter. Numbers
 * and times of each host rise, as a kernel's do; a host sends some dozens of lines at a time, as
 * shippers do.
 *
 * @param topic where they are
 * @param oneIn how many lines for one of a block; 1 for blocks alone
 * @param records about how many
 */
record Mix(String topic, int oneIn, int records) {

  static final int PARTITIONS = 2;
  private static final int HOSTS = 40;
  private static final int AT_ONCE = 50;
  private static final long FIRST_MS = 1_700_000_000_000L;
  private static final long FIRST_SEQUENCE = 1_000;
  private static final long CHATTER_US = 40_000;
  private static final long BLOCK_LINE_US = 30;
  private static final long FIRST_KERNEL_US = 81_429_116L;

  /** What was written. */
  record Written(int records, long bytes, int blocks) {}

  /** Writes them. */
  Written send(String servers) {
    List<byte[]> block = block();
    long[] sequences = new long[HOSTS];
    long[] kernelUs = new long[HOSTS];
    int sent = 0;
    int fromBlocks = 0;
    int blocks = 0;
    long bytes = 0;
    try (TopicWriter writer = new TopicWriter(servers)) {
      for (int batch = 0; sent < records; batch++) {
        int host = batch % HOSTS;
        boolean isBlock = (long) fromBlocks * oneIn <= sent;
        int count = isBlock ? block.size() : AT_ONCE;
        for (int i = 0; i < count; i++) {
          long sequence = FIRST_SEQUENCE + sequences[host]++;
          kernelUs[host] += isBlock ? BLOCK_LINE_US : CHATTER_US;
          String prefix = "," + sequence + "," + (FIRST_KERNEL_US + kernelUs[host]);
          byte[] value =
              isBlock
                  ? renumbered(block.get(i), prefix)
                  : ("6" + prefix + ",-;" + Chatter.text((int) sequence))
                      .getBytes(StandardCharsets.UTF_8);
          bytes += value.length;
          writer.send(
              topic,
              host % PARTITIONS,
              ("node-" + host + ".example.org").getBytes(StandardCharsets.US_ASCII),
              value,
              FIRST_MS + sent,
              Map.of());
          sent++;
        }
        if (isBlock) {
          fromBlocks += count;
          blocks++;
        }
      }
      writer.flush();
    }
    return new Written(sent, bytes, blocks);
  }

  /** A real block, from its first to its last line. */
  private static List<byte[]> block() {
    List<byte[]> lines = LabLogs.one("6.12.117+deb13-amd64", "12-slab-leak", "kmsg.log").lines();
    int first = find(lines, 0, "invoked oom-killer");
    return lines.subList(first, find(lines, first, "Killed process") + 1);
  }

  private static int find(List<byte[]> lines, int from, String text) {
    int i = from;
    while (!new String(lines.get(i), StandardCharsets.ISO_8859_1).contains(text)) {
      i++;
    }
    return i;
  }

  private static byte[] renumbered(byte[] kmsg, String prefix) {
    String line = new String(kmsg, StandardCharsets.ISO_8859_1);
    int first = line.indexOf(',');
    int rest = line.indexOf(',', line.indexOf(',', first + 1) + 1);
    return (line.substring(0, first) + prefix + line.substring(rest))
        .getBytes(StandardCharsets.ISO_8859_1);
  }
}

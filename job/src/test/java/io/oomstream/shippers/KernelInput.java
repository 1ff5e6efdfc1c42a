package io.oomstream.shippers;

import io.oomstream.format.line.RawRecord;
import io.oomstream.format.text.KmsgEscapes;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What a kernel wrote, from its {@code /dev/kmsg}, as each of a daemon's sources has it. Texts are
 * held byte by byte in ISO 8859-1.
 */
final class KernelInput {

  static final String BOOT = "0f4c9d1e2b3a4f5e8d7c6b5a49382716";
  static final long BOOT_US = 1_795_413_600_000_000L;

  private record Message(int priority, long us, String text) {}

  private final byte[] kmsg;
  private final List<Message> messages = new ArrayList<>();

  /**
   * @param logs the records of several boots as they were read, taken for one; the lines of their
   *     dictionaries are left out
   */
  KernelInput(List<byte[]> logs) {
    StringBuilder records = new StringBuilder();
    for (int log = 0; log < logs.size(); log++) {
      add(new String(logs.get(log), StandardCharsets.ISO_8859_1), log, records);
    }
    kmsg = records.toString().getBytes(StandardCharsets.ISO_8859_1);
  }

  /** A log's times begin 30 seconds after the one before it: the kernel ran on. */
  private void add(String log, int number, StringBuilder records) {
    for (String line : log.split("\n")) {
      if (line.startsWith(" ")) {
        continue;
      }
      int text = line.indexOf(';');
      String[] head = line.substring(0, text).split(",");
      long us = Long.parseLong(head[2]) + number * 30_000_000L;
      records.append(head[0]).append(',').append(messages.size()).append(',').append(us);
      records.append(",-").append(line, text, line.length()).append('\n');
      messages.add(
          new Message(
              Integer.parseInt(head[0]), us, KmsgEscapes.unescape(line.substring(text + 1))));
    }
  }

  /** {@code /dev/kmsg}: one record a line. */
  byte[] kmsg() {
    return kmsg;
  }

  int records() {
    return messages.size();
  }

  /**
   * {@code /proc/kmsg}: a head before each line (record_print_text() in kernel/printk/printk.c).
   */
  byte[] procKmsg() {
    StringBuilder out = new StringBuilder();
    for (Message m : messages) {
      for (String line : m.text().split("\n", -1)) {
        out.append('<').append(m.priority()).append('>').append(stamp(m.us()));
        out.append(line).append('\n');
      }
    }
    return out.toString().getBytes(StandardCharsets.ISO_8859_1);
  }

  /** A {@code kern.log} as a daemon keeps it that changes no byte. */
  byte[] kernLog() {
    StringBuilder out = new StringBuilder();
    for (Message m : messages) {
      String time =
          DateTimeFormatter.ofPattern("MMM dd HH:mm:ss", Locale.ROOT)
              .format(Instant.ofEpochMilli((BOOT_US + m.us()) / 1_000).atOffset(ZoneOffset.UTC));
      for (String line : m.text().split("\n", -1)) {
        out.append(time).append(' ').append(ShipperHost.NAME).append(" kernel: ");
        out.append(stamp(m.us())).append(line).append('\n');
      }
    }
    return out.toString().getBytes(StandardCharsets.ISO_8859_1);
  }

  /** The records of {@link #kmsg}, each at the time that it was written. */
  List<RawRecord> rawRecords() {
    List<RawRecord> records = new ArrayList<>();
    byte[] host = ShipperHost.NAME.getBytes(StandardCharsets.US_ASCII);
    String[] lines = new String(kmsg, StandardCharsets.ISO_8859_1).split("\n");
    for (int i = 0; i < lines.length; i++) {
      byte[] value = lines[i].getBytes(StandardCharsets.ISO_8859_1);
      long ms = (BOOT_US + messages.get(i).us()) / 1_000;
      records.add(new RawRecord("kernel.logs", 0, i, ms, host, value, Map.of()));
    }
    return records;
  }

  /** Lines of {@link #procKmsg}. */
  int lines() {
    return messages.stream().mapToInt(m -> m.text().split("\n", -1).length).sum();
  }

  /** The journal's export format, as journald stores what it reads from {@code /dev/kmsg}. */
  byte[] journalExport() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (Message m : messages) {
      field(out, "__REALTIME_TIMESTAMP", BOOT_US + m.us());
      field(out, "__MONOTONIC_TIMESTAMP", m.us());
      field(out, "_BOOT_ID", BOOT);
      field(out, "_MACHINE_ID", ShipperHost.MACHINE);
      field(out, "_HOSTNAME", ShipperHost.NAME);
      field(out, "_TRANSPORT", "kernel");
      field(out, "PRIORITY", m.priority() & 7);
      field(out, "SYSLOG_FACILITY", m.priority() >> 3);
      field(out, "SYSLOG_IDENTIFIER", "kernel");
      field(out, "_SOURCE_MONOTONIC_TIMESTAMP", m.us());
      message(out, m.text().getBytes(StandardCharsets.ISO_8859_1));
      out.write('\n');
    }
    return out.toByteArray();
  }

  private static String stamp(long us) {
    return "[%5d.%06d] ".formatted(us / 1_000_000, us % 1_000_000);
  }

  private static void field(ByteArrayOutputStream out, String name, Object value) {
    out.writeBytes((name + "=" + value + "\n").getBytes(StandardCharsets.US_ASCII));
  }

  private static void message(ByteArrayOutputStream out, byte[] text) {
    out.writeBytes("MESSAGE\n".getBytes(StandardCharsets.US_ASCII));
    out.writeBytes(
        ByteBuffer.allocate(Long.BYTES)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putLong(text.length)
            .array());
    out.writeBytes(text);
    out.write('\n');
  }
}

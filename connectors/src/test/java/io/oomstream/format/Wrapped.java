package io.oomstream.format;

import java.nio.charset.StandardCharsets;

/** A kernel text in each envelope, as its writer would write it. */
final class Wrapped {

  private Wrapped() {}

  static boolean isText(Envelope envelope) {
    return envelope == Envelope.DMESG
        || envelope == Envelope.RFC3164
        || envelope == Envelope.RFC5424;
  }

  static byte[] in(Envelope envelope, byte[] text) {
    String latin1 = new String(text, StandardCharsets.ISO_8859_1);
    String record =
        switch (envelope) {
          case AUTO, KMSG -> "6,1337,81429116,-,caller=T12;" + kmsg(latin1);
          case DMESG -> "[   81.429116][   T12] " + latin1;
          case RFC3164 -> "<6>Nov 23 18:04:05 db1 kernel: [   81.429116] " + latin1;
          case RFC5424 ->
              "<6>1 2026-11-23T18:04:05.123456Z db1 kernel - - - [   81.429116] " + latin1;
          case JOURNALD_JSON ->
              "{\"__CURSOR\":\"s=1;i=2\",\"__REALTIME_TIMESTAMP\":\"1795457045123456\",\"_BOOT_ID\":\"0f0f\","
                  + "\"_HOSTNAME\":\"db1\",\"_TRANSPORT\":\"kernel\",\"SYSLOG_FACILITY\":\"0\",\"PRIORITY\":\"6\","
                  + "\"_SOURCE_MONOTONIC_TIMESTAMP\":\"81429116\",\"MESSAGE\":"
                  + byteArray(text)
                  + "}";
          case FLUENT_BIT_KMSG ->
              "{\"@timestamp\":1795457045.123456,\"priority\":6,\"sequence\":1337,\"sec\":81,\"usec\":429116,\"host\":\"db1\",\"msg\":\""
                  + json(kmsg(latin1))
                  + "\"}";
          case FLUENT_BIT_SYSTEMD ->
              "{\"@timestamp\":\"2026-11-23T18:04:05.123456Z\",\"_BOOT_ID\":\"0f0f\",\"_HOSTNAME\":\"db1\","
                  + "\"_TRANSPORT\":\"kernel\",\"SYSLOG_FACILITY\":\"0\",\"PRIORITY\":\"6\","
                  + "\"_SOURCE_MONOTONIC_TIMESTAMP\":\"81429116\",\"MESSAGE\":\""
                  + json(latin1)
                  + "\"}";
        };
    return record.getBytes(StandardCharsets.ISO_8859_1);
  }

  private static String kmsg(String latin1) {
    StringBuilder text = new StringBuilder();
    for (char c : latin1.toCharArray()) {
      if (c < ' ' || c >= 127 || c == '\\') {
        text.append(String.format("\\x%02x", (int) c));
      } else {
        text.append(c);
      }
    }
    return text.toString();
  }

  /** As shippers do that pass bytes from 0x80 on through. */
  private static String json(String latin1) {
    StringBuilder text = new StringBuilder();
    for (char c : latin1.toCharArray()) {
      if (c == '"' || c == '\\') {
        text.append('\\').append(c);
      } else if (c == '\n') {
        text.append("\\n");
      } else if (c < ' ') {
        text.append(String.format("\\u%04x", (int) c));
      } else {
        text.append(c);
      }
    }
    return text.toString();
  }

  private static String byteArray(byte[] text) {
    StringBuilder array = new StringBuilder("[");
    for (byte b : text) {
      array.append(array.length() == 1 ? "" : ",").append(b & 0xff);
    }
    return array.append(']').toString();
  }
}

package io.oomstream.cli.demo;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.oomstream.event.EventJson;
import io.oomstream.format.line.KernelLine;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** A kernel line as a log shipper would put it into Kafka. */
enum ShippedRecord {

  /** {@code journalctl -o json}, as many a home-grown shipper sends it. */
  JOURNALD {
    @Override
    byte[] of(KernelLine line, String host) {
      ObjectNode json = JsonNodeFactory.instance.objectNode();
      if (line.wallTimeUs() != null) {
        json.put("__REALTIME_TIMESTAMP", Long.toString(line.wallTimeUs()));
      }
      json.put("_HOSTNAME", host);
      json.put("_TRANSPORT", "kernel");
      json.put("SYSLOG_IDENTIFIER", "kernel");
      json.put("SYSLOG_FACILITY", Integer.toString(line.facility() == null ? 0 : line.facility()));
      json.put("PRIORITY", Integer.toString(line.level() == null ? 4 : line.level()));
      if (line.kernelTimeUs() != null) {
        json.put("_SOURCE_MONOTONIC_TIMESTAMP", Long.toString(line.kernelTimeUs()));
      }
      byte[] bytes = line.text().getBytes(StandardCharsets.ISO_8859_1);
      String text = new String(bytes, StandardCharsets.UTF_8);
      if (text.indexOf('\ufffd') < 0) {
        json.put("MESSAGE", text);
      } else {
        ArrayNode array = json.putArray("MESSAGE");
        for (byte b : bytes) {
          array.add(b & 0xff);
        }
      }
      return EventJson.toBytes(json);
    }
  },

  /** Fluent Bit's {@code kmsg} input, with the host added by a filter. */
  FLUENT_BIT {
    @Override
    byte[] of(KernelLine line, String host) {
      ObjectNode json = JsonNodeFactory.instance.objectNode();
      long us = line.kernelTimeUs() == null ? 0 : line.kernelTimeUs();
      json.put("priority", line.level() == null ? 4 : line.level());
      json.put("sequence", line.sequence() == null ? line.offset() : line.sequence());
      json.put("sec", us / 1_000_000);
      json.put("usec", us % 1_000_000);
      json.put("msg", escaped(line.text()));
      json.put("host", host);
      return EventJson.toBytes(json);
    }
  },

  /** RFC 5424 syslog. */
  SYSLOG {
    @Override
    byte[] of(KernelLine line, String host) {
      Instant time =
          Instant.EPOCH.plus(line.wallTimeUs() == null ? 0 : line.wallTimeUs(), ChronoUnit.MICROS);
      String head =
          "<"
              + (line.level() == null ? 4 : line.level())
              + ">1 "
              + time
              + " "
              + host
              + " kernel - - - ";
      return (head + line.text()).getBytes(StandardCharsets.ISO_8859_1);
    }
  };

  abstract byte[] of(KernelLine line, String host);

  /** As /dev/kmsg escapes it: what is not printable, and the backslash. */
  private static String escaped(String latin1) {
    StringBuilder text = new StringBuilder(latin1.length());
    for (int i = 0; i < latin1.length(); i++) {
      char c = latin1.charAt(i);
      if (c < ' ' || c >= 0x7f || c == '\\') {
        text.append("\\x")
            .append(Character.forDigit(c >> 4, 16))
            .append(Character.forDigit(c & 15, 16));
      } else {
        text.append(c);
      }
    }
    return text.toString();
  }
}

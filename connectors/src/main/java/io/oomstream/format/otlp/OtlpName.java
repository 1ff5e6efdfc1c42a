package io.oomstream.format.otlp;

import io.oomstream.bytes.Ascii;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The OpenTelemetry attributes that are read: the journal's own names, those of the collector's
 * syslog receiver and of Alloy, and a resource's. Attributes of nested maps by their dotted path.
 */
enum OtlpName {
  MESSAGE("MESSAGE"),
  MESSAGE_SMALL("message"),
  HOSTNAME("_HOSTNAME"),
  HOSTNAME_SMALL("hostname"),
  JOURNAL_HOSTNAME("__journal__hostname"),
  HOST_NAME("host.name"),
  NODE_NAME("k8s.node.name"),
  HOST_ID("host.id"),
  BOOT_ID("_BOOT_ID"),
  JOURNAL_BOOT_ID("__journal__boot_id"),
  MONOTONIC("_SOURCE_MONOTONIC_TIMESTAMP"),
  BOOTTIME("_SOURCE_BOOTTIME_TIMESTAMP"),
  SYSLOG_FACILITY("SYSLOG_FACILITY"),
  FACILITY("facility"),
  JOURNAL_FACILITY("__journal_syslog_facility"),
  PRIORITY("PRIORITY"),
  JOURNAL_PRIORITY("__journal_priority"),
  TRANSPORT("_TRANSPORT"),
  JOURNAL_TRANSPORT("__journal__transport"),
  IDENTIFIER("SYSLOG_IDENTIFIER"),
  APPNAME("appname"),
  JOURNAL_IDENTIFIER("__journal_syslog_identifier");

  /** No name is longer. */
  static final int LONGEST = 32;

  private static final Map<String, OtlpName> BY_TEXT = new HashMap<>();
  private static final OtlpName[] ALL = values();

  static {
    for (OtlpName name : ALL) {
      BY_TEXT.put(name.text, name);
    }
  }

  private final String text;
  private final byte[] bytes;

  OtlpName(String text) {
    this.text = text;
    bytes = Ascii.literal(text);
  }

  /** Null for an unknown name. */
  static @Nullable OtlpName of(byte[] path, int length) {
    for (OtlpName name : ALL) {
      if (name.bytes.length == length && Ascii.startsWith(path, 0, length, name.bytes)) {
        return name;
      }
    }
    return null;
  }

  /** The same for a string. */
  static @Nullable OtlpName of(String path) {
    return BY_TEXT.get(path);
  }
}

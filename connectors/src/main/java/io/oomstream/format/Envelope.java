package io.oomstream.format;

/** The record forms we read; {@code AUTO} detects by shape, record by record. */
public enum Envelope {
  AUTO,
  KMSG,
  DMESG,
  RFC3164,
  RFC5424,
  JOURNALD_JSON,
  FLUENT_BIT_KMSG,
  FLUENT_BIT_SYSTEMD
}

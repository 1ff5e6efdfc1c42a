package io.oomstream.format.line;

/** The supported envelopes; {@code AUTO} detects the envelope of each record. */
public enum Envelope {
  AUTO,
  /** {@code /dev/kmsg}, netconsole's extended format. */
  KMSG,
  /** dmesg's text formats, consoles, pastes. */
  DMESG,
  RFC3164,
  RFC5424,
  /** A container runtime's log: {@code time stream F text}. */
  CRI,
  /** {@code journalctl -o json}. */
  JOURNALD_JSON,
  /** {@code journalctl -o export}. */
  JOURNALD_EXPORT,
  FLUENT_BIT_KMSG,
  FLUENT_BIT_SYSTEMD,
  /** Fluent Bit's and Fluentd's syslog inputs. */
  FLUENT_BIT_SYSLOG,
  /** A line of a file under {@code log}: Fluent Bit's tail input, Docker's json-file. */
  FLUENT_BIT_TAIL,
  /** Vector's sources journald, syslog, file and the like. */
  VECTOR,
  /** Filebeat and Elastic Agent, old names and ECS. */
  FILEBEAT,
  /** rsyslog's JSON templates. */
  RSYSLOG_JSON,
  /** syslog-ng's {@code $(format-json)}. */
  SYSLOG_NG_JSON,
  LOGSTASH,
  GELF,
  /** {@code dmesg --json}. */
  DMESG_JSON,
  OTLP_JSON,
  OTLP_PROTO,
  /** JSON with names from the options. */
  CUSTOM_JSON
}

package io.oomstream.format.json;

import java.util.List;

/**
 * The field names of a shipper; of several names for one fact the first one that is present counts.
 *
 * @param program name of the program that logged it
 * @param transport how the journal got it: {@code kernel} is written by journald itself
 * @param priority facility and severity in one number
 * @param level severity, as a number or a word
 * @param kernelTime microseconds since boot
 * @param blankBeforeMessage whether the blank between tag and message is kept
 * @param nameProves whether a syslog daemon wrote name and facility: it does not let programs use
 *     the kernel's by the usual ways
 * @param escapesBytes whether bytes that are no UTF-8 are written {@code \xff}
 */
public record ShipperFields(
    List<JsonField> message,
    List<JsonField> host,
    List<JsonField> time,
    List<JsonField> program,
    List<JsonField> transport,
    List<JsonField> priority,
    List<JsonField> facility,
    List<JsonField> level,
    List<JsonField> bootId,
    List<JsonField> kernelTime,
    List<JsonField> sequence,
    boolean blankBeforeMessage,
    boolean nameProves,
    boolean escapesBytes) {

  private static final List<JsonField> NOT = List.of();

  /** Vector: {@code docs: sources journald, syslog, file, socket}. */
  public static final ShipperFields VECTOR =
      new ShipperFields(
          List.of(JsonField.MESSAGE),
          List.of(JsonField.HOST, JsonField.HOSTNAME),
          List.of(JsonField.REALTIME, JsonField.TIMESTAMP),
          List.of(JsonField.SYSLOG_IDENTIFIER, JsonField.APPNAME),
          List.of(JsonField.TRANSPORT),
          NOT,
          List.of(JsonField.SYSLOG_FACILITY, JsonField.FACILITY),
          List.of(JsonField.PRIORITY, JsonField.SEVERITY),
          List.of(JsonField.BOOT_ID),
          List.of(JsonField.SOURCE_MONOTONIC, JsonField.SOURCE_BOOTTIME),
          NOT,
          false,
          true,
          false);

  /** Filebeat's inputs journald, syslog, filestream; before ECS too. */
  public static final ShipperFields FILEBEAT =
      new ShipperFields(
          List.of(JsonField.MESSAGE, JsonField.EVENT_ORIGINAL),
          List.of(
              JsonField.LOG_SYSLOG_HOSTNAME,
              JsonField.HOSTNAME,
              JsonField.HOST_HOSTNAME,
              JsonField.HOST_NAME,
              JsonField.AGENT_HOSTNAME,
              JsonField.BEAT_HOSTNAME,
              JsonField.BEAT_NAME,
              JsonField.HOST),
          List.of(JsonField.AT_TIMESTAMP),
          List.of(
              JsonField.LOG_SYSLOG_APPNAME,
              JsonField.OLD_SYSLOG_IDENTIFIER,
              JsonField.PROCESS_PROGRAM,
              JsonField.PROCESS_NAME),
          List.of(JsonField.SYSTEMD_TRANSPORT),
          NOT,
          List.of(JsonField.LOG_SYSLOG_FACILITY, JsonField.OLD_SYSLOG_FACILITY),
          List.of(
              JsonField.LOG_SYSLOG_SEVERITY,
              JsonField.LOG_SYSLOG_PRIORITY,
              JsonField.OLD_SYSLOG_PRIORITY),
          List.of(JsonField.JOURNALD_BOOT_ID),
          List.of(JsonField.JOURNALD_MONOTONIC, JsonField.JOURNALD_BOOTTIME),
          NOT,
          false,
          true,
          false);

  /** rsyslog: its own JSON templates, and usual names in custom templates. */
  public static final ShipperFields RSYSLOG =
      new ShipperFields(
          List.of(JsonField.MESSAGE, JsonField.MSG),
          List.of(JsonField.HOSTNAME, JsonField.HOST, JsonField.FROMHOST),
          List.of(
              JsonField.TIMEREPORTED,
              JsonField.AT_TIMESTAMP,
              JsonField.TIMESTAMP,
              JsonField.TIMEGENERATED),
          List.of(
              JsonField.PROGRAMNAME,
              JsonField.PROGRAM,
              JsonField.APP_NAME,
              JsonField.APPNAME,
              JsonField.SYSLOGTAG,
              JsonField.TAG),
          List.of(JsonField.TRANSPORT),
          List.of(JsonField.PRI),
          List.of(JsonField.FACILITY, JsonField.SYSLOG_FACILITY),
          List.of(JsonField.SEVERITY, JsonField.LEVEL, JsonField.PRIORITY),
          List.of(JsonField.BOOT_ID),
          List.of(JsonField.SOURCE_MONOTONIC, JsonField.SOURCE_BOOTTIME),
          List.of(JsonField.SEQUNUM),
          true,
          true,
          false);

  /** syslog-ng: {@code $(format-json)} of the macros, of /dev/kmsg and of the journal. */
  public static final ShipperFields SYSLOG_NG =
      new ShipperFields(
          List.of(JsonField.MESSAGE),
          List.of(JsonField.HOST),
          List.of(JsonField.ISODATE, JsonField.AT_TIMESTAMP, JsonField.DATE),
          List.of(JsonField.PROGRAM),
          List.of(JsonField.SYSLOG_NG_TRANSPORT),
          List.of(JsonField.PRI),
          List.of(JsonField.FACILITY),
          List.of(JsonField.PRIORITY, JsonField.LEVEL),
          List.of(JsonField.SYSLOG_NG_BOOT_ID),
          List.of(JsonField.SYSLOG_NG_KMSG_TIME, JsonField.SYSLOG_NG_MONOTONIC),
          NOT,
          false,
          true,
          true);

  /** Logstash's syslog input, with and without ECS names. */
  public static final ShipperFields LOGSTASH =
      new ShipperFields(
          List.of(JsonField.MESSAGE, JsonField.EVENT_ORIGINAL),
          List.of(
              JsonField.HOST_HOSTNAME, JsonField.LOGSOURCE, JsonField.HOST_NAME, JsonField.HOST),
          List.of(JsonField.AT_TIMESTAMP, JsonField.TIMESTAMP),
          List.of(JsonField.PROCESS_NAME, JsonField.PROGRAM),
          List.of(JsonField.TRANSPORT),
          NOT,
          List.of(JsonField.LOG_SYSLOG_FACILITY, JsonField.FACILITY),
          List.of(JsonField.LOG_SYSLOG_SEVERITY, JsonField.SEVERITY),
          List.of(JsonField.BOOT_ID),
          List.of(JsonField.SOURCE_MONOTONIC),
          NOT,
          false,
          true,
          false);

  /**
   * GELF 1.1; a journal's fields have one underscore more or less. Any program can send it, with
   * any name: only the journal's transport is a proof.
   */
  public static final ShipperFields GELF =
      new ShipperFields(
          List.of(JsonField.FULL_MESSAGE, JsonField.SHORT_MESSAGE),
          List.of(JsonField.HOST),
          List.of(JsonField.TIMESTAMP),
          List.of(JsonField.SYSLOG_IDENTIFIER, JsonField.PROGRAM),
          List.of(JsonField.TRANSPORT),
          NOT,
          List.of(JsonField.SYSLOG_FACILITY, JsonField.FACILITY),
          List.of(JsonField.LEVEL),
          List.of(JsonField.BOOT_ID),
          List.of(JsonField.SOURCE_MONOTONIC, JsonField.SOURCE_BOOTTIME),
          List.of(JsonField.SEQUENCE),
          false,
          false,
          false);

  /** The syslog inputs of Fluent Bit ({@code pri, host, ident, message}) and Fluentd. */
  public static final ShipperFields FLUENT_BIT_SYSLOG =
      new ShipperFields(
          List.of(JsonField.MESSAGE),
          List.of(JsonField.HOST, JsonField.HOSTNAME),
          List.of(JsonField.AT_TIMESTAMP, JsonField.TIME, JsonField.TIMESTAMP, JsonField.DATE),
          List.of(JsonField.IDENT),
          NOT,
          List.of(JsonField.PRI),
          List.of(JsonField.FACILITY),
          List.of(JsonField.SEVERITY, JsonField.PRIORITY),
          NOT,
          NOT,
          NOT,
          false,
          true,
          false);

  /** A line of a file: all facts are in the line itself. */
  public static final ShipperFields FLUENT_BIT_TAIL =
      new ShipperFields(
          List.of(JsonField.LOG),
          List.of(
              JsonField.KUBERNETES_HOST,
              JsonField.KUBERNETES_NODE,
              JsonField.HOST,
              JsonField.HOSTNAME),
          List.of(JsonField.TIME, JsonField.AT_TIMESTAMP, JsonField.TIMESTAMP, JsonField.DATE),
          NOT,
          NOT,
          NOT,
          NOT,
          NOT,
          NOT,
          NOT,
          NOT,
          false,
          false,
          false);

  /** Names from the options, and the usual names for the rest. */
  public static final ShipperFields OWN =
      new ShipperFields(
          List.of(JsonField.OWN_MESSAGE),
          List.of(JsonField.OWN_HOST, JsonField.HOST, JsonField.HOSTNAME, JsonField.HOST_NAME),
          List.of(JsonField.OWN_TIME, JsonField.AT_TIMESTAMP, JsonField.TIMESTAMP, JsonField.TIME),
          NOT,
          List.of(JsonField.TRANSPORT),
          NOT,
          List.of(JsonField.OWN_FACILITY, JsonField.SYSLOG_FACILITY),
          List.of(JsonField.OWN_LEVEL, JsonField.PRIORITY),
          List.of(JsonField.OWN_BOOT_ID, JsonField.BOOT_ID),
          List.of(JsonField.OWN_KERNEL_TIME, JsonField.SOURCE_MONOTONIC),
          List.of(JsonField.OWN_SEQUENCE),
          false,
          false,
          false);
}

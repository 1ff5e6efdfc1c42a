package io.oomstream.format.json;

import io.oomstream.bytes.Ascii;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The JSON fields that are read; fields of nested objects by their dotted path. The journal's
 * trusted fields begin with underscores, which no process can write; a shipper can have removed
 * them or changed the names to lower case.
 */
public enum JsonField {
  MESSAGE("MESSAGE"),
  PRIORITY("PRIORITY"),
  SYSLOG_FACILITY("SYSLOG_FACILITY"),
  SYSLOG_IDENTIFIER("SYSLOG_IDENTIFIER"),
  TRANSPORT("_TRANSPORT"),
  BOOT_ID("_BOOT_ID"),
  HOSTNAME("_HOSTNAME"),
  SOURCE_MONOTONIC("_SOURCE_MONOTONIC_TIMESTAMP"),
  SOURCE_BOOTTIME("_SOURCE_BOOTTIME_TIMESTAMP"),
  REALTIME("__REALTIME_TIMESTAMP"),
  CURSOR("__CURSOR"),
  HOST("host"),
  MSG("msg"),
  SEQUENCE("sequence"),
  SEC("sec"),
  USEC("usec"),
  AT_TIMESTAMP("@timestamp"),
  TIMESTAMP("timestamp"),
  DATE("date"),
  TIME("time"),
  LOG("log"),
  STREAM("stream"),
  /** Of a container runtime's line, {@code P} or {@code F}, as Fluent Bit's two parsers name it. */
  LOGTAG("logtag"),
  PART("_p"),
  CALLER("caller"),
  FACILITY("facility"),
  FAC("fac"),
  PRI("pri"),
  SEVERITY("severity"),
  LEVEL("level"),
  IDENT("ident"),
  TAG("tag"),
  SYSLOGTAG("syslogtag"),
  PROGRAM("program"),
  PROGRAMNAME("programname"),
  APPNAME("appname"),
  APP_NAME("app-name"),
  FROMHOST("fromhost"),
  LOGSOURCE("logsource"),
  TIMEREPORTED("timereported"),
  TIMEGENERATED("timegenerated"),
  ISODATE("isodate"),
  MSGID("msgid"),
  SEQUNUM("sequnum"),
  INPUTNAME("inputname"),
  SOURCE_TYPE("source_type"),
  VERSION("version"),
  AT_VERSION("@version"),
  SHORT_MESSAGE("short_message"),
  FULL_MESSAGE("full_message"),
  EVENT_ORIGINAL("event.original"),
  HOST_NAME("host.name"),
  HOST_HOSTNAME("host.hostname"),
  AGENT_TYPE("agent.type"),
  AGENT_HOSTNAME("agent.hostname"),
  BEAT_NAME("beat.name"),
  BEAT_HOSTNAME("beat.hostname"),
  METADATA_BEAT("@metadata.beat"),
  INPUT_TYPE("input.type"),
  ECS_VERSION("ecs.version"),
  JOURNALD_BOOT_ID("journald.host.boot_id"),
  JOURNALD_MONOTONIC("journald.custom.source_monotonic_timestamp"),
  JOURNALD_BOOTTIME("journald.custom.source_boottime_timestamp"),
  SYSTEMD_TRANSPORT("systemd.transport"),
  LOG_SYSLOG_PRIORITY("log.syslog.priority"),
  LOG_SYSLOG_SEVERITY("log.syslog.severity.code"),
  LOG_SYSLOG_FACILITY("log.syslog.facility.code"),
  LOG_SYSLOG_APPNAME("log.syslog.appname"),
  LOG_SYSLOG_HOSTNAME("log.syslog.hostname"),
  OLD_SYSLOG_PRIORITY("syslog.priority"),
  OLD_SYSLOG_FACILITY("syslog.facility"),
  OLD_SYSLOG_IDENTIFIER("syslog.identifier"),
  PROCESS_NAME("process.name"),
  PROCESS_PROGRAM("process.program"),
  SYSLOG_NG_BOOT_ID("_journald._BOOT_ID"),
  SYSLOG_NG_TRANSPORT("_journald._TRANSPORT"),
  SYSLOG_NG_MONOTONIC("_journald._SOURCE_MONOTONIC_TIMESTAMP"),
  SYSLOG_NG_KMSG_TIME("_linux.timestamp"),
  KUBERNETES_HOST("kubernetes.host"),
  KUBERNETES_NODE("kubernetes.node.name"),
  DMESG("dmesg"),
  RESOURCE_LOGS("resourceLogs"),
  RESOURCE_LOGS_SNAKE("resource_logs"),
  /** Fields with names from the options; no key of that name exists. */
  OWN_MESSAGE("\0message"),
  OWN_HOST("\0host"),
  OWN_TIME("\0time"),
  OWN_FACILITY("\0facility"),
  OWN_LEVEL("\0level"),
  OWN_SEQUENCE("\0sequence"),
  OWN_BOOT_ID("\0bootId"),
  OWN_KERNEL_TIME("\0kernelTime");

  private static final int LONGEST = 48;
  private static final int PLACES = 1 << 9;
  private static final JsonField[][] BY_PLACE = byPlace();

  private final byte[] bare;
  private final int underscores;

  JsonField(String name) {
    underscores = name.length() - stripped(name).length();
    bare = Ascii.literal(stripped(name).toLowerCase(Locale.ROOT));
  }

  /**
   * The field of that name, whatever its case, with or without its underscores, or with the one
   * more that GELF puts before additional fields.
   */
  public static @Nullable JsonField of(byte[] text, int start, int end) {
    int from = start;
    while (from < end && text[from] == '_') {
      from++;
    }
    int length = end - from;
    if (length > LONGEST || length == 0) {
      return null;
    }
    for (JsonField field : BY_PLACE[place(text, from, length)]) {
      if (field.bare.length != length) {
        continue;
      }
      int more = from - start - field.underscores;
      if (field.matches(text, from) && (from == start || more == 0 || more == 1)) {
        return field;
      }
    }
    return null;
  }

  /** Whether the name is written with all its underscores: only then is it the journal's own. */
  public boolean isExact(byte[] text, int start) {
    for (int i = 0; i < underscores; i++) {
      if (text[start + i] != '_') {
        return false;
      }
    }
    return true;
  }

  private boolean matches(byte[] text, int start) {
    for (int i = 0; i < bare.length; i++) {
      byte b = text[start + i];
      int lower = b >= 'A' && b <= 'Z' ? b + 32 : b;
      if (lower != bare[i]) {
        return false;
      }
    }
    return true;
  }

  private static String stripped(String name) {
    int from = 0;
    while (name.charAt(from) == '_') {
      from++;
    }
    return name.substring(from);
  }

  /** By length, first and last byte, whatever their case. */
  private static int place(byte[] text, int start, int length) {
    int ends = (text[start] | 0x20) * 7 + (text[start + length - 1] | 0x20);
    return (ends * 13 + length) & PLACES - 1;
  }

  private static JsonField[][] byPlace() {
    List<List<JsonField>> fields = new ArrayList<>();
    for (int i = 0; i < PLACES; i++) {
      fields.add(new ArrayList<>());
    }
    for (JsonField field : values()) {
      if (field.bare[0] != 0) {
        fields.get(place(field.bare, 0, field.bare.length)).add(field);
      }
    }
    return fields.stream().map(same -> same.toArray(new JsonField[0])).toArray(JsonField[][]::new);
  }
}

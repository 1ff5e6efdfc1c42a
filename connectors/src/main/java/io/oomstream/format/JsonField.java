package io.oomstream.format;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The fields that we read from JSON. The journal's trusted fields begin with underscores, which no
 * process can write; a shipper may have stripped them or made the names lower-case.
 */
enum JsonField {
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
  DATE("date");

  private static final int LONGEST = 32;
  private static final JsonField[][] BY_LENGTH = byLength();

  private final byte[] bare;
  private final int underscores;

  JsonField(String name) {
    underscores = name.length() - stripped(name).length();
    bare = Ascii.literal(stripped(name).toLowerCase(Locale.ROOT));
  }

  /** The field of that name, whatever its case and with or without its underscores. */
  static @Nullable JsonField of(byte[] text, int start, int end) {
    int from = start;
    while (from < end && text[from] == '_') {
      from++;
    }
    int length = end - from;
    if (length > LONGEST) {
      return null;
    }
    for (JsonField field : BY_LENGTH[length]) {
      if (field.matches(text, from) && (from == start || from - start == field.underscores)) {
        return field;
      }
    }
    return null;
  }

  /** Whether the name is written with all its underscores: only then is it the journal's own. */
  boolean isExact(byte[] text, int start) {
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

  private static JsonField[][] byLength() {
    JsonField[][] fields = new JsonField[LONGEST + 1][];
    for (int length = 0; length <= LONGEST; length++) {
      List<JsonField> same = new ArrayList<>();
      for (JsonField field : values()) {
        if (field.bare.length == length) {
          same.add(field);
        }
      }
      fields[length] = same.toArray(new JsonField[0]);
    }
    return fields;
  }
}

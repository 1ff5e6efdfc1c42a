package io.oomstream.cli.input.store;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Times as the exports of log stores write them. */
final class StoreTime {

  private static final List<DateTimeFormatter> LOCAL =
      List.of(
          DateTimeFormatter.ISO_LOCAL_DATE_TIME,
          // Kibana
          DateTimeFormatter.ofPattern("MMM d, yyyy @ HH:mm:ss[.SSS]", Locale.ENGLISH),
          // Azure's portal
          DateTimeFormatter.ofPattern("M/d/yyyy, h:mm:ss[.SSS] a", Locale.ENGLISH),
          DateTimeFormatter.ofPattern("yyyy/MM/dd HH:mm:ss[.SSS]", Locale.ENGLISH));

  private static final int SECONDS = 10;
  private static final int MILLIS = 13;
  private static final int MICROS = 16;
  private static final int NANOS = 19;

  private StoreTime() {}

  /**
   * Null for what is none.
   *
   * @param zone of a time that names none
   */
  static @Nullable Instant parse(String text, ZoneId zone) {
    String time = text.strip();
    if (!time.isEmpty() && time.chars().allMatch(c -> (c >= '0' && c <= '9') || c == '.')) {
      return ofEpoch(time);
    }
    String iso = iso(time);
    try {
      return OffsetDateTime.parse(iso).toInstant();
    } catch (DateTimeException e) {
      return local(time, iso, zone);
    }
  }

  private static @Nullable Instant local(String time, String iso, ZoneId zone) {
    for (DateTimeFormatter form : LOCAL) {
      try {
        boolean first = form == DateTimeFormatter.ISO_LOCAL_DATE_TIME;
        return LocalDateTime.parse(first ? iso : time, form).atZone(zone).toInstant();
      } catch (DateTimeException e) {
        // The next form.
      }
    }
    return null;
  }

  /** {@code 2024-08-11 20:21:28,5+0000} to what Java reads. */
  private static String iso(String time) {
    String iso = time.replaceFirst("^(\\d{4}-\\d\\d-\\d\\d) ", "$1T").replaceFirst(" UTC$", "Z");
    iso = iso.replaceFirst("(:\\d\\d),(\\d)", "$1.$2").replaceFirst(" ([+-]\\d\\d)", "$1");
    return iso.replaceFirst("([+-]\\d\\d)(\\d\\d)$", "$1:$2");
  }

  private static @Nullable Instant ofEpoch(String text) {
    int point = text.indexOf('.');
    String whole = point < 0 ? text : text.substring(0, point);
    if (whole.length() > NANOS || text.indexOf('.', point + 1) >= 0 && point >= 0) {
      return null;
    }
    try {
      long number = Long.parseLong(whole);
      return switch (whole.length()) {
        case SECONDS -> {
          String fraction = point < 0 ? "0" : text.substring(point + 1) + "000000000";
          long nanos = point < 0 ? 0 : Long.parseLong(fraction.substring(0, 9));
          yield Instant.ofEpochSecond(number, nanos);
        }
        case MILLIS -> Instant.ofEpochMilli(number);
        case MICROS -> Instant.EPOCH.plus(number, ChronoUnit.MICROS);
        case NANOS -> Instant.EPOCH.plusNanos(number);
        default -> null;
      };
    } catch (NumberFormatException e) {
      return null;
    }
  }
}

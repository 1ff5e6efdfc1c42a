package io.oomstream.cli.report;

import com.fasterxml.jackson.databind.JsonNode;
import io.oomstream.diagnosis.context.HumanUnits;
import io.oomstream.diagnosis.context.Messages;
import io.oomstream.event.section.Unit;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** FigureText as people read them. */
public final class FigureText {

  private FigureText() {}

  /** {@code 20.8 GiB}; null for null. */
  public static @Nullable String bytes(@Nullable Long bytes) {
    if (bytes == null) {
      return null;
    }
    return HumanUnits.bytes(bytes);
  }

  /** A figure of an event in its unit, and what it was held against; null where it is absent. */
  static @Nullable String against(EventNode event, String value, String threshold, Messages words) {
    String unit = event.text("unit");
    String figure = withUnit(event.json().path(value), unit, words);
    String limit = withUnit(event.json().path(threshold), unit, words);
    return figure == null || limit == null
        ? figure
        : figure + words.text("report.threshold", "figure", limit);
  }

  private static @Nullable String withUnit(JsonNode number, @Nullable String unit, Messages words) {
    if (!number.isNumber()) {
      return null;
    }
    String name = unit == null ? "" : unit;
    String figure =
        name.startsWith(Unit.BYTES)
            ? HumanUnits.bytes(number.longValue())
            : name.startsWith(Unit.SHARE)
                ? HumanUnits.percent(number.doubleValue())
                : plain(number.doubleValue());
    return words.has("unit." + name) ? words.text("unit." + name, "figure", figure) : figure;
  }

  /** A whole number as such, any other with one digit behind the point. */
  private static String plain(double value) {
    return value == Math.rint(value)
        ? String.valueOf((long) value)
        : String.format(Locale.ROOT, "%.1f", value);
  }

  /** {@code pageTables} as {@code page tables}. */
  static String words(String name) {
    StringBuilder words = new StringBuilder();
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (Character.isUpperCase(c)) {
        words.append(' ').append(Character.toLowerCase(c));
      } else if (c == '_') {
        words.append(' ');
      } else {
        words.append(c);
      }
    }
    return words.toString();
  }
}

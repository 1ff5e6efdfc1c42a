package io.oomstream.cli.report;

import io.oomstream.diagnosis.context.HumanUnits;
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

  /** A value of an event with its unit. */
  public static String withUnit(String value, @Nullable String unit) {
    if (unit == null) {
      return value;
    }
    try {
      switch (unit) {
        case "bytes":
          String bytes = bytes((long) Double.parseDouble(value));
          return bytes == null ? value : bytes;
        case "share":
          return HumanUnits.percent(Double.parseDouble(value));
        case "count":
          double count = Double.parseDouble(value);
          return count == Math.rint(count) ? String.valueOf((long) count) : value;
        default:
          return value + " " + unit;
      }
    } catch (NumberFormatException notANumber) {
      return value;
    }
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

package io.oomstream.cli.html;

import io.oomstream.cli.report.EventNode;
import io.oomstream.diagnosis.context.HumanUnits;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Figures as people read them, in units that the events have and the text report prints bare. */
final class Figures {

  private Figures() {}

  /**
   * What a signal measured.
   *
   * @param otherwise for units that say enough by themselves
   */
  static @Nullable String measured(EventNode signal, @Nullable String otherwise, PageWords words) {
    String unit = signal.text("unit");
    Double measured = real(signal.text("measured"));
    Double threshold = real(signal.text("threshold"));
    if (measured == null || unit == null) {
      return otherwise;
    }
    return with(measured, unit)
        + (threshold == null
            ? ""
            : words.messages().text("report.threshold", "figure", with(threshold, unit)));
  }

  private static String with(double value, String unit) {
    if (unit.equals("share") || unit.startsWith("share of ")) {
      return HumanUnits.percent(value) + unit.substring("share".length());
    }
    if (unit.equals("bytes") || unit.startsWith("bytes ")) {
      return HumanUnits.bytes((long) value) + unit.substring("bytes".length());
    }
    return plain(value) + " " + unit;
  }

  /** A whole number as such, any other with one digit behind the point. */
  static String plain(double value) {
    return value == Math.rint(value)
        ? String.valueOf((long) value)
        : String.format(Locale.ROOT, "%.1f", value);
  }

  private static @Nullable Double real(@Nullable String text) {
    if (text == null) {
      return null;
    }
    try {
      double value = Double.parseDouble(text);
      return Double.isFinite(value) ? Double.valueOf(value) : null;
    } catch (NumberFormatException notANumber) {
      return null;
    }
  }

  /** For a coordinate of a picture: two digits behind the point, and never a locale's comma. */
  static String coordinate(double value) {
    return String.format(Locale.ROOT, "%.2f", value);
  }
}

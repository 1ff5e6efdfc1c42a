package io.oomstream.cli.html;

import java.util.Locale;

/** Coordinates of the pictures. */
final class Figures {

  private Figures() {}

  /** For a coordinate of a picture: two digits behind the point, and never a locale's comma. */
  static String coordinate(double value) {
    return String.format(Locale.ROOT, "%.2f", value);
  }
}

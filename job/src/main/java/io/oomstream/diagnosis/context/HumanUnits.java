package io.oomstream.diagnosis.context;

import java.util.Locale;

/** Figures as people read them. */
public final class HumanUnits {

  private static final String[] UNITS = {"KiB", "MiB", "GiB", "TiB", "PiB", "EiB"};

  /** From here on the one decimal would make 1024.0 of it. */
  private static final double ROUNDS_UP = 1023.95;

  private HumanUnits() {}

  /** {@code 20.8 GiB}. */
  public static String bytes(long bytes) {
    if (Math.abs(bytes) < 1024) {
      return bytes + " B";
    }
    double value = bytes;
    int unit = -1;
    while (Math.abs(value) >= ROUNDS_UP && unit < UNITS.length - 1) {
      value /= 1024;
      unit++;
    }
    return String.format(Locale.ROOT, "%.1f %s", value, UNITS[unit]);
  }

  /** {@code 66.6 %}. */
  public static String percent(double share) {
    return String.format(Locale.ROOT, "%.1f %%", share * 100);
  }

  /** {@code 7 tasks}, {@code 1 task}. */
  public static String count(long count, String noun) {
    return count + " " + noun + (count == 1 ? "" : "s");
  }
}

package io.oomstream.diagnosis.context;

import io.oomstream.event.section.Evidence;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Evidence in the contract's form. */
public final class Facts {

  public static final String BYTES = "bytes";

  private Facts() {}

  public static Evidence bytes(String fact, long value, @Nullable String line) {
    return new Evidence(fact, Long.toString(value), BYTES, null, line);
  }

  public static Evidence bytes(String fact, long value, long threshold, @Nullable String line) {
    return new Evidence(fact, Long.toString(value), BYTES, Long.toString(threshold), line);
  }

  /** A share of managed memory. */
  public static Evidence share(String fact, double share, double threshold, @Nullable String line) {
    return new Evidence(fact, ratio(share), "share", ratio(threshold), line);
  }

  public static Evidence count(String fact, long value, long threshold, @Nullable String line) {
    return new Evidence(fact, Long.toString(value), "count", Long.toString(threshold), line);
  }

  public static Evidence text(String fact, String value, @Nullable String line) {
    return new Evidence(fact, value, null, null, line);
  }

  private static String ratio(double share) {
    return String.format(Locale.ROOT, "%.4f", share);
  }
}

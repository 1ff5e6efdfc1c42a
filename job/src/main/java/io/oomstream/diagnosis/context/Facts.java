package io.oomstream.diagnosis.context;

import io.oomstream.event.section.Evidence;
import io.oomstream.event.section.Unit;
import org.jspecify.annotations.Nullable;

/** Evidence in the contract's form. */
public final class Facts {

  private Facts() {}

  public static Evidence bytes(String fact, long value, @Nullable String line) {
    return Evidence.number(fact, value, Unit.BYTES, null, line);
  }

  public static Evidence bytes(String fact, long value, long threshold, @Nullable String line) {
    return Evidence.number(fact, value, Unit.BYTES, threshold, line);
  }

  /** A share of managed memory. */
  public static Evidence share(String fact, double share, double threshold, @Nullable String line) {
    return Evidence.share(fact, share, threshold, line);
  }

  public static Evidence count(String fact, long value, long threshold, @Nullable String line) {
    return Evidence.number(fact, value, Unit.COUNT, threshold, line);
  }

  public static Evidence order(String fact, long order, long threshold, @Nullable String line) {
    return Evidence.number(fact, order, Unit.ORDER, threshold, line);
  }

  public static Evidence text(String fact, String value, @Nullable String line) {
    return Evidence.text(fact, value, line);
  }
}

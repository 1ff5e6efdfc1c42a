package io.oomstream.trend;

import io.oomstream.diagnosis.context.Language;
import io.oomstream.diagnosis.context.Messages;
import java.io.Serializable;

/**
 * The limits for trends and levels.
 *
 * @param windowMs samples within it are compared
 * @param points least number of samples of a trend
 * @param spanMs shortest time between the first and the last of them
 * @param taskShare least share of managed memory (0 to 1) of task structures
 * @param slabShare the same for other slab caches
 * @param factor least growth factor
 * @param horizon how far ahead the limit can be, in lengths of the observed span
 * @param settlingMs how long a sample waits for earlier ones, event time
 * @param graceMs how long after a snapshot a kill that it counts can still come in the log
 * @param levels limits that are alarms by themselves
 * @param language of the signals' texts
 */
public record TrendOptions(
    long windowMs,
    int points,
    long spanMs,
    double taskShare,
    double slabShare,
    double factor,
    double horizon,
    long settlingMs,
    long graceMs,
    Levels levels,
    Language language)
    implements Serializable {

  /** In English. */
  public TrendOptions(
      long windowMs,
      int points,
      long spanMs,
      double taskShare,
      double slabShare,
      double factor,
      double horizon,
      long settlingMs,
      long graceMs,
      Levels levels) {
    this(
        windowMs,
        points,
        spanMs,
        taskShare,
        slabShare,
        factor,
        horizon,
        settlingMs,
        graceMs,
        levels,
        Language.EN);
  }

  /** The same in a language. */
  public TrendOptions in(Language newLanguage) {
    return new TrendOptions(
        windowMs,
        points,
        spanMs,
        taskShare,
        slabShare,
        factor,
        horizon,
        settlingMs,
        graceMs,
        levels,
        newLanguage);
  }

  Messages words() {
    return Messages.in(language);
  }

  /**
   * Shares of managed memory, swap or time that are alarms by themselves; a trend counts from half
   * of them.
   */
  public record Levels(
      double free,
      double pageTables,
      double unreclaimableSlab,
      double shmem,
      double unaccounted,
      double pressure)
      implements Serializable {}

  public static TrendOptions defaults() {
    return new TrendOptions(
        24 * 3_600_000L,
        3,
        1_000,
        0.02,
        0.05,
        1.3,
        10,
        30_000,
        20_000,
        new Levels(0.01, 0.2, 0.3, 0.3, 0.25, 0.1));
  }
}

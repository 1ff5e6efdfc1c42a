package io.oomstream.kafka.source.watermark;

import java.util.function.LongSupplier;

/**
 * When a partition's records are worth a mark of progress, and of what time: once their newest time
 * has moved by {@link #EVERY_MS}, or after {@link #EVERY_RECORDS}, so that a partition whose time
 * stands still is not taken for idle. For {@link ClockCheckedWatermarks} the marks are as good as
 * the records: a mark has the newest time that counts, and the time of a record from the future
 * only where no other came since the mark before.
 */
public final class ProgressMarks {

  /** In records' time. Watermarks are made by Flink every 200 ms. */
  public static final long EVERY_MS = 200;

  public static final int EVERY_RECORDS = 1_024;

  private final LongSupplier clock;

  /** No record before it is from the future: the clock was seen there. */
  private long latestPlausible = Long.MIN_VALUE;

  private long newest = Long.MIN_VALUE;
  private long nextMark = Long.MIN_VALUE;
  private long fromFuture;
  private boolean isPlausible;
  private int unmarked;

  /**
   * @param clock milliseconds since the epoch; asked only where a record may be from the future
   */
  public ProgressMarks(LongSupplier clock) {
    this.clock = clock;
  }

  /**
   * A record was read.
   *
   * @return whether a mark is due
   */
  public boolean read(long timestamp) {
    unmarked++;
    if (isPlausible(timestamp)) {
      isPlausible = true;
      newest = Math.max(newest, timestamp);
    } else {
      fromFuture = timestamp;
    }
    return unmarked >= EVERY_RECORDS || (isPlausible && newest >= nextMark);
  }

  private boolean isPlausible(long timestamp) {
    if (timestamp > latestPlausible) {
      latestPlausible = clock.getAsLong() + ClockCheckedWatermarks.AHEAD_MS;
    }
    return timestamp <= latestPlausible;
  }

  /** The newest time that is not from the future; {@link Long#MIN_VALUE} for none. */
  public long newest() {
    return newest;
  }

  /** Whether records came since the last mark. */
  public boolean isUnmarked() {
    return unmarked > 0;
  }

  /** The time of the mark that is made now. */
  public long mark() {
    long time = isPlausible ? newest : fromFuture;
    if (isPlausible) {
      nextMark = newest + EVERY_MS;
    }
    isPlausible = false;
    unmarked = 0;
    return time;
  }
}

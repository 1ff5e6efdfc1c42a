package io.oomstream.kafka.source.watermark;

import io.oomstream.format.line.RawRecord;
import java.time.Duration;
import java.util.function.LongSupplier;
import java.util.function.ToLongFunction;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.common.eventtime.WatermarkGenerator;
import org.apache.flink.api.common.eventtime.WatermarkOutput;

/**
 * Event time of one partition: the newest record's time less what records may be out of order. Most
 * producers stamp records by their own clock, so a host whose clock is wrong must not move it:
 *
 * <ul>
 *   <li>A record from the future does not count.
 *   <li>A partition that brings only such records holds up nobody: it is idle.
 *   <li>So is one that is far further behind than its records lay in the topic, and comes no
 *       nearer: its only writers' clocks are behind, or they send what is old. A reader that is
 *       itself behind, by whatever distance and for however long, is no reason: how long records
 *       lie is known from the client ({@link PartitionEnds}), and where it is not known, nobody is
 *       suspected.
 * </ul>
 */
public final class ClockCheckedWatermarks<T> implements WatermarkGenerator<T> {

  /** How far ahead of this machine's clock a record may be. */
  static final long AHEAD_MS = 60_000;

  /** A partition is suspected if its records are older by so much than they lay in the topic. */
  public static final long BEHIND_MS = 600_000;

  /** How long it must keep the distance: with the time until that is known less than a minute. */
  static final long WATCH_MS = 40_000;

  /** By how much it may come nearer meanwhile. */
  static final long SAME_MS = 10_000;

  private final long outOfOrdernessMs;
  private final LongSupplier clock;
  private final ToLongFunction<T> readWithin;
  private long newest = Long.MIN_VALUE;
  private long plausibleAt;
  private boolean onlyFuture;
  private long watchedSince = Long.MIN_VALUE;
  private long watchedLag;
  private boolean isBehind;
  private boolean isNews;

  /**
   * @param clock milliseconds since the epoch
   * @param readWithin how long an element lay in its topic at the most, in milliseconds; {@link
   *     RawRecord#UNKNOWN} where that is not known
   */
  public ClockCheckedWatermarks(
      Duration outOfOrderness, LongSupplier clock, ToLongFunction<T> readWithin) {
    outOfOrdernessMs = outOfOrderness.toMillis();
    this.clock = clock;
    this.readWithin = readWithin;
    plausibleAt = clock.getAsLong();
  }

  @Override
  public void onEvent(T event, long timestamp, WatermarkOutput output) {
    long now = clock.getAsLong();
    isNews = true;
    if (timestamp > now + AHEAD_MS) {
      onlyFuture |= now - plausibleAt > SAME_MS;
      return;
    }
    onlyFuture = false;
    plausibleAt = now;
    newest = Math.max(newest, timestamp);
    watch(now, readWithin.applyAsLong(event));
  }

  private void watch(long now, long within) {
    long lag = now - newest;
    boolean isSuspect = within != RawRecord.UNKNOWN && lag - within >= BEHIND_MS;
    if (!isSuspect) {
      watchedSince = Long.MIN_VALUE;
      isBehind = false;
    } else if (watchedSince == Long.MIN_VALUE || watchedLag - lag > SAME_MS) {
      watchedSince = now;
      watchedLag = lag;
      isBehind = false;
    } else if (now - watchedSince >= WATCH_MS) {
      isBehind = true;
    }
  }

  @Override
  public void onPeriodicEmit(WatermarkOutput output) {
    if (isBehind || onlyFuture) {
      output.markIdle();
    } else if (newest != Long.MIN_VALUE && isNews) {
      // Said once: said again, it would end an idleness that the reader has found.
      isNews = false;
      output.emitWatermark(new Watermark(newest - outOfOrdernessMs - 1));
    }
  }
}

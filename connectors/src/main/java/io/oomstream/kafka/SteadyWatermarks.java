package io.oomstream.kafka;

import java.time.Duration;
import java.util.function.LongSupplier;
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
 *   <li>So is one that is far behind and stays so by the same distance: its only writers' clocks
 *       are behind. A backlog that is being read comes nearer all the time.
 * </ul>
 */
final class SteadyWatermarks<T> implements WatermarkGenerator<T> {

  /** How far ahead of this machine's clock a record may be. */
  static final long AHEAD_MS = 60_000;

  /** From here on behind this machine's clock a partition is suspected. */
  static final long BEHIND_MS = 600_000;

  /** How long it must keep the distance, and how exactly. */
  static final long WATCH_MS = 60_000;

  static final long SAME_MS = 10_000;

  private final long outOfOrdernessMs;
  private final LongSupplier clock;
  private long newest = Long.MIN_VALUE;
  private long plausibleAt;
  private boolean onlyFuture;
  private long watchedSince = Long.MIN_VALUE;
  private long watchedLag;
  private boolean isBehind;

  SteadyWatermarks(Duration outOfOrderness, LongSupplier clock) {
    outOfOrdernessMs = outOfOrderness.toMillis();
    this.clock = clock;
    plausibleAt = clock.getAsLong();
  }

  @Override
  public void onEvent(T event, long timestamp, WatermarkOutput output) {
    long now = clock.getAsLong();
    if (timestamp > now + AHEAD_MS) {
      onlyFuture |= now - plausibleAt > SAME_MS;
      return;
    }
    onlyFuture = false;
    plausibleAt = now;
    newest = Math.max(newest, timestamp);
    watch(now);
  }

  private void watch(long now) {
    long lag = now - newest;
    if (lag < BEHIND_MS) {
      watchedSince = Long.MIN_VALUE;
      isBehind = false;
    } else if (watchedSince == Long.MIN_VALUE || Math.abs(lag - watchedLag) > SAME_MS) {
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
    } else if (newest != Long.MIN_VALUE) {
      output.emitWatermark(new Watermark(newest - outOfOrdernessMs - 1));
    }
  }
}

package io.oomstream.kafka.source.watermark;

import io.oomstream.format.line.RawRecord;
import java.util.function.LongSupplier;
import org.apache.flink.api.common.eventtime.WatermarkGenerator;
import org.apache.flink.api.common.eventtime.WatermarkOutput;

/**
 * Event time of a partition of a table: none until the partition was read to its end once. What
 * stands anywhere in a compacted topic may be needed for the first log line, whatever the times of
 * its records. The end is reached with a record that was read soon after it was written, by what
 * Kafka says or by the record's own time; else after {@value #MOST_MS} ms of reading.
 */
public record FullyReadWatermarks(
    State state, WatermarkGenerator<RawRecord> after, LongSupplier clock)
    implements WatermarkGenerator<RawRecord> {

  /** A record that lay no longer than that is at the end. */
  static final long AT_END_MS = 15_000;

  static final long MOST_MS = 120_000;

  /** What changes. */
  public static final class State {
    private boolean isRead;
    private long since = Long.MIN_VALUE;
  }

  @Override
  public void onEvent(RawRecord record, long timestamp, WatermarkOutput output) {
    if (!state.isRead) {
      long now = clock.getAsLong();
      state.since = state.since == Long.MIN_VALUE ? now : state.since;
      state.isRead =
          record.readWithinMs() <= AT_END_MS
              || Math.abs(now - timestamp) <= AT_END_MS
              || now - state.since >= MOST_MS;
    }
    after.onEvent(record, timestamp, output);
  }

  @Override
  public void onPeriodicEmit(WatermarkOutput output) {
    if (state.isRead) {
      after.onPeriodicEmit(output);
    }
  }
}

package io.oomstream.kafka;

import io.oomstream.format.line.RawRecord;
import io.oomstream.kafka.source.watermark.ClockCheckedWatermarks;
import io.oomstream.kafka.source.watermark.PartitionEnds;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongUnaryOperator;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.common.eventtime.WatermarkOutput;
import org.apache.kafka.common.TopicPartition;

/**
 * Partitions whose writers append a record a second, read as the source reads them, by a clock of
 * its own. Event time is the least of those that are not idle, and never goes back.
 */
public final class SimulatedTopic {
  public static final long T0 = 1_700_000_000_000L;

  private final List<Partition> partitions = new ArrayList<>();
  private final PartitionEnds ends = new PartitionEnds();
  private long now = T0;
  private long eventTime = Long.MIN_VALUE;
  private long late;

  public long now() {
    return now;
  }

  public long eventTime() {
    return eventTime;
  }

  /** Records behind event time, of writers whose clocks are right. */
  public long late() {
    return late;
  }

  /**
   * A partition.
   *
   * @param clockError of its only writer, milliseconds
   * @param lag how far the reader is behind, by the time since the start; milliseconds
   */
  public void partition(long clockError, LongUnaryOperator lag) {
    partitions.add(new Partition(partitions.size(), clockError, lag));
  }

  /** A second goes by. */
  public void second() {
    now += 1_000;
    // In turn, as the readers of several tasks are: none is always first.
    for (int i = 0; i < partitions.size(); i++) {
      partitions.get((i + (int) (now / 1_000 % partitions.size())) % partitions.size()).read();
    }
    long least = Long.MAX_VALUE;
    for (Partition partition : partitions) {
      partition.watermarks.onPeriodicEmit(partition);
      least = partition.isIdle ? least : Math.min(least, partition.watermark);
    }
    if (least != Long.MAX_VALUE) {
      eventTime = Math.max(eventTime, least);
    }
  }

  private final class Partition implements WatermarkOutput {
    private static final long RECORDS_BEFORE = 200_000;

    private final TopicPartition name;
    private final long clockError;
    private final LongUnaryOperator lag;
    private final ClockCheckedWatermarks<RawRecord> watermarks =
        new ClockCheckedWatermarks<>(Duration.ofSeconds(2), () -> now, RawRecord::readWithinMs);
    private long offset;
    private long watermark = Long.MIN_VALUE;
    private boolean isIdle;

    Partition(int number, long clockError, LongUnaryOperator lag) {
      name = new TopicPartition("t", number);
      this.clockError = clockError;
      this.lag = lag;
      offset = offsetAt(T0 - lag.applyAsLong(0));
    }

    private long offsetAt(long time) {
      return RECORDS_BEFORE + Math.floorDiv(time - T0, 1_000);
    }

    /** All that was appended until the time which the reader has come to. */
    private void read() {
      long end = offsetAt(now - lag.applyAsLong(now - T0));
      if (offset < end) {
        for (TopicPartition due : ends.due(Set.of(name), now)) {
          ends.answered(due, offsetAt(now), now);
        }
      }
      for (; offset < end; offset++) {
        long written = T0 + (offset - RECORDS_BEFORE) * 1_000;
        emit(offset, written + clockError);
      }
    }

    private void emit(long at, long timestamp) {
      if (clockError == 0 && timestamp <= eventTime) {
        late++;
      }
      if (now - timestamp >= ClockCheckedWatermarks.BEHIND_MS) {
        ends.want(name);
      }
      long within = ends.readWithin(name, at, now);
      RawRecord raw =
          new RawRecord("t", name.partition(), at, timestamp, null, null, Map.of(), within);
      watermarks.onEvent(raw, timestamp, this);
    }

    @Override
    public void emitWatermark(Watermark emitted) {
      isIdle = false;
      watermark = Math.max(watermark, emitted.getTimestamp());
    }

    @Override
    public void markIdle() {
      isIdle = true;
    }

    @Override
    public void markActive() {
      isIdle = false;
    }
  }
}

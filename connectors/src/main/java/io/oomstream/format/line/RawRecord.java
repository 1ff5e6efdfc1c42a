package io.oomstream.format.line;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One record as it was read.
 *
 * @param timestamp the record's own time, milliseconds since the epoch, within the bounds of {@link
 *     RecordTime}: the job's event time
 * @param headers by name, the last of equal names; empty if there are none
 * @param readWithinMs longest possible time between writing and reading the record, milliseconds;
 *     or {@link #UNKNOWN}
 */
public record RawRecord(
    String topic,
    int partition,
    long offset,
    long timestamp,
    byte @Nullable [] key,
    byte @Nullable [] value,
    Map<String, byte[]> headers,
    long readWithinMs) {

  /** It is unknown how long the record was in its topic. */
  public static final long UNKNOWN = Long.MAX_VALUE;

  /** A record with {@link #UNKNOWN}. */
  public RawRecord(
      String topic,
      int partition,
      long offset,
      long timestamp,
      byte @Nullable [] key,
      byte @Nullable [] value,
      Map<String, byte[]> headers) {
    this(topic, partition, offset, timestamp, key, value, headers, UNKNOWN);
  }
}

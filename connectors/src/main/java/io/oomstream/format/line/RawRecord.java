package io.oomstream.format.line;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One record as it was read, untouched.
 *
 * @param timestamp the record's own time, milliseconds since the epoch, within the bounds of {@link
 *     RecordTime}: the job's event time
 * @param headers by name, the last of equal names; empty where there are none
 * @param readWithinMs the record was read at most so long after it was written, milliseconds;
 *     {@link #UNKNOWN} where that is not known
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

  /** Nobody knows how long the record lay in its topic. */
  public static final long UNKNOWN = Long.MAX_VALUE;

  /** A record of which is not known how long it lay in its topic. */
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

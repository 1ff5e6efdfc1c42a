package io.oomstream.event;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Input that led to no event, and its position. If a record could not be decoded, a line was too
 * long or its origin was not proven, {@code value} is the record byte for byte. If a decoded line
 * was late, belonged to no block or had no room ({@link Reason#LATE}, {@link Reason#ORPHANED},
 * {@link Reason#OVER_LIMIT}), it is the line's own text without its envelope: topic, partition and
 * offset give the record.
 *
 * @param reason one of the {@link Reason}s, with a detail for people
 * @param envelope the detected envelope; absent if none was recognised
 */
public record DeadLetter(
    Reason reason,
    String detail,
    @Nullable String envelope,
    @Nullable String host,
    String topic,
    int partition,
    long offset,
    long timestamp,
    byte @Nullable [] key,
    byte[] value) {

  /** Why it is a dead letter. */
  public enum Reason {
    UNDECODABLE,
    LINE_TOO_LONG,
    LATE,
    ORPHANED,
    OVER_LIMIT,
    /** The envelope does not prove that the kernel wrote the line, and proof is required. */
    UNPROVEN,
    /** A live rule that was refused; the one before it stays in force. */
    BAD_RULE,
    /** A record of the catalogue of workloads that can't be read. */
    BAD_WORKLOAD
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof DeadLetter that
        && reason == that.reason
        && topic.equals(that.topic)
        && partition == that.partition
        && offset == that.offset
        && Arrays.equals(key, that.key)
        && Arrays.equals(value, that.value);
  }

  @Override
  public int hashCode() {
    return 31 * (31 * topic.hashCode() + partition) + Long.hashCode(offset);
  }
}

package io.oomstream.intake;

import io.oomstream.event.DeadLetter;
import io.oomstream.format.line.RawRecord;
import org.jspecify.annotations.Nullable;

/** A record that led to no event, byte for byte, as a dead letter. */
public final class RecordLetter {

  private RecordLetter() {}

  /**
   * @param detail for people
   * @param envelope null if none was recognised
   * @param host null if the record names none
   */
  public static DeadLetter of(
      RawRecord record,
      DeadLetter.Reason reason,
      String detail,
      @Nullable String envelope,
      @Nullable String host) {
    byte[] value = record.value();
    return new DeadLetter(
        reason,
        detail,
        envelope,
        host,
        record.topic(),
        record.partition(),
        record.offset(),
        record.timestamp(),
        record.key(),
        value == null ? new byte[0] : value);
  }
}

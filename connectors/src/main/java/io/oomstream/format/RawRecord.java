package io.oomstream.format;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One record as it was read, untouched.
 *
 * @param timestamp the record's own time, milliseconds since the epoch: the job's event time
 * @param headers by name, the last of equal names; empty where there are none
 */
public record RawRecord(
    String topic,
    int partition,
    long offset,
    long timestamp,
    byte @Nullable [] key,
    byte @Nullable [] value,
    Map<String, byte[]> headers) {}

package io.oomstream.kafka.local;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One record as a consumer sees it.
 *
 * @param timestamp the record's own time, milliseconds since the epoch
 * @param headers by name, the last of equal names
 */
public record ConsumedRecord(
    String topic,
    int partition,
    long offset,
    long timestamp,
    byte @Nullable [] key,
    byte @Nullable [] value,
    Map<String, byte[]> headers) {

  /** The header as text. */
  public @Nullable String header(String name) {
    return text(headers.get(name));
  }

  /** The key as text. */
  public @Nullable String keyText() {
    return text(key);
  }

  /** The value as text. */
  public @Nullable String valueText() {
    return text(value);
  }

  private static @Nullable String text(byte @Nullable [] bytes) {
    return bytes == null ? null : new String(bytes, StandardCharsets.UTF_8);
  }
}

package io.oomstream.format;

import java.util.HashMap;
import java.util.Map;

/**
 * One log record of OpenTelemetry, values as text.
 *
 * @param resource attributes of what sent it
 * @param attributes of the record, and the members of a body that is a map
 * @param body of a text; empty for a map
 * @param timeNs nanoseconds since the epoch; 0 is not set
 */
record OtlpEntry(
    Map<String, byte[]> resource, Map<String, byte[]> attributes, byte[] body, long timeNs) {

  static final byte[] NO_BODY = new byte[0];

  /** What is gathered of a record while it is read. */
  static final class Builder {
    final Map<String, byte[]> attributes = new HashMap<>();
    byte[] body = NO_BODY;
    long timeNs;
    long observedNs;

    OtlpEntry build(Map<String, byte[]> resource) {
      return new OtlpEntry(resource, attributes, body, timeNs != 0 ? timeNs : observedNs);
    }
  }
}

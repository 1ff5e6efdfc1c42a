package io.oomstream.format.otlp;

import io.oomstream.format.line.LineView;

/**
 * One log record of OpenTelemetry, values as text; used again for the next one.
 *
 * <p>The attributes are the record's, and the members of a body that is a map; the body is empty
 * then.
 */
final class OtlpEntry {

  static final byte[] NO_BODY = new byte[0];

  /** The attributes of the sender, which several records share. */
  final OtlpValues resource = new OtlpValues();

  final OtlpValues attributes = new OtlpValues();
  final LineView.Span body = new LineView.Span();

  /** Nanoseconds since the epoch; 0 is not set. */
  long timeNs;

  long observedNs;

  /** Begins a record; the resource stays. */
  void begin() {
    attributes.clear();
    body.set(NO_BODY, 0, 0);
    timeNs = 0;
    observedNs = 0;
  }

  long time() {
    return timeNs != 0 ? timeNs : observedNs;
  }
}

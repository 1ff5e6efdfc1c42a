package io.oomstream.format;

import io.oomstream.format.line.Envelope;
import java.nio.charset.StandardCharsets;

/** A kernel text in each envelope, as its writer would write it. */
public final class Wrapped {

  private Wrapped() {}

  /** Whether a newline within a message comes out as one, whatever stands after it. */
  static boolean keepsNewlines(Envelope envelope) {
    return switch (envelope) {
      case DMESG, RFC3164, RFC5424, CRI, FLUENT_BIT_SYSLOG, FLUENT_BIT_TAIL, RSYSLOG_JSON -> false;
      default -> true;
    };
  }

  /** Whether bytes that are no UTF-8 come out as they went in. */
  static boolean keepsBytes(Envelope envelope) {
    return envelope != Envelope.OTLP_JSON;
  }

  public static byte[] in(Envelope envelope, byte[] text) {
    return new EnvelopeWriter(
            "db1",
            "0f0f",
            1_795_457_045_123_456L,
            81_429_116,
            1337,
            6,
            "T12",
            new String(text, StandardCharsets.ISO_8859_1))
        .in(envelope);
  }
}

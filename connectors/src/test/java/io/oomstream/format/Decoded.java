package io.oomstream.format;

import io.oomstream.format.line.DecodeFailure;
import io.oomstream.format.line.Envelope;
import io.oomstream.format.line.KernelLine;
import io.oomstream.format.line.RawRecord;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a decoder made of a record, for assertions. */
public record Decoded(List<KernelLine> lines, @Nullable DecodeFailure failure) {

  /** 2026-11-25 04:00:00 UTC. */
  static final long RECORD_MS = 1_795_579_200_000L;

  public static Decoded of(Envelope envelope, String latin1) {
    return of(envelope, latin1.getBytes(StandardCharsets.ISO_8859_1));
  }

  public static Decoded of(Envelope envelope, byte @Nullable [] value) {
    return of(envelope, value, ZoneOffset.UTC, RECORD_MS);
  }

  public static Decoded of(Envelope envelope, byte @Nullable [] value, ZoneId zone, long recordMs) {
    RawRecord record = record(value, recordMs);
    List<KernelLine> lines = new ArrayList<>();
    DecodeFailure failure =
        new EnvelopeDecoder(envelope, 1 << 16, zone)
            .decode(record, line -> lines.add(line.toLine(record, null)));
    return new Decoded(lines, failure);
  }

  static RawRecord record(byte @Nullable [] value, long recordMs) {
    return new RawRecord("kernel.logs", 3, 7, recordMs, null, value, Map.of());
  }

  /** The only line of a record without failure. */
  public KernelLine line() {
    if (failure != null || lines.size() != 1) {
      throw new AssertionError(toString());
    }
    return lines.get(0);
  }

  /** The failure of a record that has one. */
  DecodeFailure failed() {
    if (failure == null) {
      throw new AssertionError(toString());
    }
    return failure;
  }

  public List<String> texts() {
    return lines.stream().map(KernelLine::text).toList();
  }

  static byte[] fixture(String name) {
    try (InputStream in = Decoded.class.getResourceAsStream("/envelopes/" + name)) {
      if (in == null) {
        throw new AssertionError("no fixture " + name);
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

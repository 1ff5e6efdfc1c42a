package io.oomstream.format;

import static io.oomstream.bytes.Ascii.is;

import io.oomstream.bytes.Ascii;
import io.oomstream.format.detect.EnvelopeDetector;
import io.oomstream.format.detect.EnvelopeReaders;
import io.oomstream.format.json.JsonEnvelope;
import io.oomstream.format.json.JsonField;
import io.oomstream.format.json.JsonFields;
import io.oomstream.format.json.JsonScanner;
import io.oomstream.format.json.OwnFields;
import io.oomstream.format.line.Envelope;
import io.oomstream.format.line.LineOutput;
import io.oomstream.format.line.LineView;
import io.oomstream.format.otlp.OtlpJson;

/** Decodes a record of JSON objects: one, several in a row, or an array. */
final class JsonRecord {

  private static final char RECORD_SEPARATOR = 0x1e;
  private static final byte[] EVENT_NAME = Ascii.literal("data: ");

  private final EnvelopeReaders readers;
  private final EnvelopeDetector detector;
  private final JsonScanner scanner;
  private final JsonFields fields = new JsonFields();
  private final LineView view = new LineView();
  private final OtlpJson otlp;

  JsonRecord(EnvelopeReaders readers, EnvelopeDetector detector, OwnFields own, OtlpJson otlp) {
    this.readers = readers;
    this.detector = detector;
    this.otlp = otlp;
    scanner = new JsonScanner(own);
  }

  /**
   * A malformed object is skipped up to the end of its line, so that the others are still read.
   *
   * @param pinned {@link Envelope#AUTO} to detect by the fields of each object
   */
  void decode(byte[] value, int start, Envelope pinned, long recordMs, LineOutput out) {
    int at = afterEventName(value, JsonScanner.skipSpace(value, start));
    while (at < value.length) {
      if (is(value, at, value.length, '[')
          || is(value, at, value.length, ',')
          || is(value, at, value.length, ']')) {
        at++;
      } else if (!is(value, at, value.length, '{')) {
        out.undecodable("not a JSON object", at);
        at = nextLine(value, at);
      } else if (scanner.readObject(value, at, fields)) {
        int after = scanner.position();
        at = read(value, at, after, pinned, recordMs, out);
      } else {
        out.undecodable("broken JSON", scanner.position());
        at = nextLine(value, Math.max(at, scanner.position()));
      }
      at = afterEventName(value, JsonScanner.skipSpace(value, at));
    }
  }

  /**
   * After what journalctl writes before each object: {@code data: } with {@code -o json-sse}, a
   * separator with {@code -o json-seq} (RFC 7464).
   */
  static int afterEventName(byte[] value, int at) {
    if (is(value, at, value.length, RECORD_SEPARATOR)) {
      return at + 1;
    }
    int after = at + EVENT_NAME.length;
    return Ascii.startsWith(value, at, value.length, EVENT_NAME)
            && is(value, after, value.length, '{')
        ? after
        : at;
  }

  /** Returns where to continue: after the object, or at the first of its entries. */
  private int read(
      byte[] value, int start, int after, Envelope pinned, long recordMs, LineOutput out) {
    boolean isEntry = pinned == Envelope.DMESG_JSON && !fields.has(JsonField.DMESG);
    Envelope envelope = pinned == Envelope.AUTO ? detector.json(fields) : pinned;
    if (envelope == Envelope.OTLP_JSON) {
      out.envelope(envelope);
      otlp.decode(value, start, after, recordMs, out);
      return after;
    }
    if (envelope == Envelope.DMESG_JSON && !isEntry) {
      out.envelope(envelope);
      entries(value, fields.start(JsonField.DMESG), fields.end(JsonField.DMESG), recordMs, out);
      return after;
    }
    JsonEnvelope reader = envelope == null ? null : readers.json(envelope);
    if (envelope == null || reader == null) {
      out.undecodable("JSON with the fields of no envelope we know");
      return after;
    }
    out.envelope(envelope);
    view.clear();
    reader.read(fields, view, recordMs, out);
    return after;
  }

  private void entries(byte[] value, int start, int end, long recordMs, LineOutput out) {
    JsonEnvelope reader = readers.json(Envelope.DMESG_JSON);
    int at = JsonScanner.skipSpace(value, start + 1);
    while (reader != null && is(value, at, end, '{')) {
      if (!scanner.readObject(value, at, fields)) {
        out.undecodable("a broken entry", scanner.position());
        return;
      }
      view.clear();
      reader.read(fields, view, recordMs, out);
      at = JsonScanner.skipSpace(value, scanner.position());
      at = is(value, at, end, ',') ? JsonScanner.skipSpace(value, at + 1) : at;
    }
  }

  private static int nextLine(byte[] value, int at) {
    int newline = Ascii.indexOf(value, at, value.length, '\n');
    return newline < 0 ? value.length : newline + 1;
  }
}

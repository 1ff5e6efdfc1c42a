package io.oomstream.format;

import io.oomstream.bytes.Ascii;
import io.oomstream.format.detect.EnvelopeDetector;
import io.oomstream.format.detect.EnvelopeReaders;
import io.oomstream.format.json.FieldNames;
import io.oomstream.format.json.JsonScanner;
import io.oomstream.format.json.OwnFields;
import io.oomstream.format.line.DecodeFailure;
import io.oomstream.format.line.Envelope;
import io.oomstream.format.line.LineConsumer;
import io.oomstream.format.line.LineOutput;
import io.oomstream.format.line.RawRecord;
import io.oomstream.format.otlp.OtlpJson;
import io.oomstream.format.otlp.OtlpLine;
import io.oomstream.format.otlp.OtlpProto;
import io.oomstream.format.text.ColouredText;
import io.oomstream.format.text.CriHeader;
import io.oomstream.format.text.CriParts;
import io.oomstream.format.text.FirstLine;
import io.oomstream.format.text.TextEnvelope;
import io.oomstream.format.text.TextRecord;
import io.oomstream.format.time.WallTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/**
 * A record's bytes to kernel lines: detects the envelope (or takes the pinned one) and hands each
 * line on. Total: never throws on content.
 *
 * <p>A record without a value (a tombstone) is a failure: no shipper writes one. An empty or blank
 * value has no line and no failure. If a record is broken in one place, the rest is still read and
 * the first failure is returned. Not thread-safe.
 */
public final class EnvelopeDecoder {

  /** RFC 7464, as journalctl -o json-seq writes it. */
  private static final byte RECORD_SEPARATOR = 0x1e;

  private static final byte[] BYTE_ORDER_MARK = {(byte) 0xef, (byte) 0xbb, (byte) 0xbf};

  private final Envelope pinned;
  private final EnvelopeReaders readers;
  private final EnvelopeDetector detector;
  private final TextRecord textRecord = new TextRecord();
  private final JsonRecord jsonRecord;
  private final CriParts criParts;
  private final JournalExport export;
  private final OtlpProto otlpProto;
  private final LineOutput output;
  private final FirstLine first = new FirstLine();

  /**
   * For times without a zone in UTC.
   *
   * @param pinned {@link Envelope#AUTO} to detect by shape
   * @param maxLineBytes longer messages are refused with {@link DecodeFailure.Reason#LINE_TOO_LONG}
   */
  public EnvelopeDecoder(Envelope pinned, int maxLineBytes) {
    this(pinned, maxLineBytes, ZoneOffset.UTC);
  }

  /** For JSON with names that are known. */
  public EnvelopeDecoder(Envelope pinned, int maxLineBytes, ZoneId zone) {
    this(pinned, maxLineBytes, zone, FieldNames.NONE);
  }

  /**
   * @param zone for times without a zone: RFC 3164, {@code dmesg -T}
   * @param names of the user's own JSON
   */
  public EnvelopeDecoder(Envelope pinned, int maxLineBytes, ZoneId zone, FieldNames names) {
    this.pinned = pinned;
    OwnFields own = new OwnFields(names);
    readers = new EnvelopeReaders(zone);
    detector = new EnvelopeDetector(readers.texts());
    OtlpLine otlpLine = new OtlpLine(readers, detector);
    jsonRecord = new JsonRecord(readers, detector, own, new OtlpJson(otlpLine));
    criParts = new CriParts(new CriHeader(new WallTime(zone)));
    export = new JournalExport(readers);
    otlpProto = new OtlpProto(otlpLine);
    output = new LineOutput(maxLineBytes);
  }

  /**
   * Decodes one record.
   *
   * @return null if it was decoded, even without a line; otherwise the first failure. Lines before
   *     and after the failure can have been handed on
   */
  public @Nullable DecodeFailure decode(RawRecord record, LineConsumer consumer) {
    output.begin(consumer);
    byte[] value = record.value();
    if (value == null) {
      output.envelope(pinned);
      output.undecodable("no value (a tombstone)");
    } else {
      decodeWhole(value, record.timestamp());
    }
    return output.finish();
  }

  /** The envelope of the last record, or of its last object. */
  public Envelope envelope() {
    return output.envelope();
  }

  private void decodeWhole(byte[] value, long recordMs) {
    boolean packed = Compressed.is(value);
    byte[] inflated = packed ? Compressed.inflate(value) : value;
    // A text can begin like zlib, with "x^".
    byte[] plain = inflated == null && !Compressed.isGzip(value) ? value : inflated;
    if (plain == null) {
      output.envelope(pinned);
      output.undecodable("compressed, but damaged or too large");
      return;
    }
    int start = afterMark(plain);
    if (start < plain.length && plain[start] == RECORD_SEPARATOR) {
      start++;
    }
    boolean coloured = start < plain.length && plain[start] == ColouredText.ESCAPE;
    decode(coloured ? ColouredText.plain(plain, start) : plain, coloured ? 0 : start, recordMs);
  }

  /** After the byte order mark, if there is one. */
  public static int afterMark(byte[] text) {
    return Ascii.startsWith(text, 0, text.length, BYTE_ORDER_MARK) ? BYTE_ORDER_MARK.length : 0;
  }

  private void decode(byte[] value, int start, long recordMs) {
    Envelope envelope = pinned;
    first.lineStart = -1;
    if (pinned == Envelope.AUTO && !isJson(value, start)) {
      envelope =
          otlpProto.is(value)
              ? Envelope.OTLP_PROTO
              : EnvelopeDetector.isExport(value, start)
                  ? Envelope.JOURNALD_EXPORT
                  : detector.text(value, start, recordMs, first);
    }
    output.envelope(envelope);
    TextEnvelope reader = readers.text(envelope);
    if (envelope == Envelope.OTLP_PROTO) {
      otlpProto.decode(value, recordMs, output);
    } else if (envelope == Envelope.JOURNALD_EXPORT) {
      export.decode(value, start, recordMs, output);
    } else if (reader == null) {
      jsonRecord.decode(value, start, envelope, recordMs, output);
    } else {
      boolean plainFirst = pinned == Envelope.AUTO || pinned == Envelope.DMESG;
      byte[] whole = envelope == Envelope.CRI ? criParts.join(value, start) : value;
      if (whole != value) {
        first.lineStart = -1;
      }
      int from = whole == value ? start : 0;
      textRecord.decode(whole, from, reader, plainFirst, recordMs, first, output);
    }
  }

  /**
   * Whether it is an object or an array of objects: if broken, it is unreadable JSON and not text.
   */
  private static boolean isJson(byte[] value, int start) {
    int first = JsonRecord.afterEventName(value, JsonScanner.skipSpace(value, start));
    return Ascii.is(value, first, value.length, '{')
        || (Ascii.is(value, first, value.length, '[')
            && Ascii.is(value, JsonScanner.skipSpace(value, first + 1), value.length, '{'));
  }
}

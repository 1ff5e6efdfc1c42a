package io.oomstream.format;

import java.time.ZoneId;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/**
 * A record's bytes to kernel lines: detects the envelope (or takes the pinned one) and hands each
 * line on. Total: never throws on content.
 *
 * <p>A record without a value (a tombstone) is a failure: no shipper writes one. An empty or blank
 * value holds no line and is decoded. Of a record that is broken in one place the rest is still
 * read, and the first failure returned. Not thread safe.
 */
public final class EnvelopeDecoder {

  private static final byte[] BYTE_ORDER_MARK = {(byte) 0xef, (byte) 0xbb, (byte) 0xbf};

  private final Envelope pinned;
  private final Forms forms;
  private final EnvelopeDetector detector;
  private final TextRecord textRecord = new TextRecord();
  private final JsonRecord jsonRecord;
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

  /**
   * @param zone of the times that name none: RFC 3164, {@code dmesg -T}
   */
  public EnvelopeDecoder(Envelope pinned, int maxLineBytes, ZoneId zone) {
    this.pinned = pinned;
    forms = new Forms(zone);
    detector = new EnvelopeDetector(forms);
    jsonRecord = new JsonRecord(forms, detector);
    output = new LineOutput(maxLineBytes);
  }

  /**
   * Decodes one record.
   *
   * @return null if it was decoded (also if it held no line), else why not; lines before and after
   *     the failure may have been handed on
   */
  public @Nullable DecodeFailure decode(RawRecord record, LineConsumer consumer) {
    output.begin(consumer);
    byte[] value = record.value();
    if (value == null) {
      output.envelope(pinned);
      output.undecodable("no value (a tombstone)");
    } else {
      int start =
          Ascii.startsWith(value, 0, value.length, BYTE_ORDER_MARK) ? BYTE_ORDER_MARK.length : 0;
      decode(value, start, record.timestamp());
    }
    return output.finish();
  }

  private void decode(byte[] value, int start, long recordMs) {
    Envelope envelope = pinned;
    first.lineStart = -1;
    if (pinned == Envelope.AUTO && !isJson(value, start)) {
      envelope = detector.text(value, start, recordMs, first);
    }
    output.envelope(envelope);
    TextForm form = forms.text(envelope);
    if (form == null) {
      jsonRecord.decode(value, start, envelope, output);
    } else {
      boolean plainFirst = pinned == Envelope.AUTO || pinned == Envelope.DMESG;
      textRecord.decode(value, start, form, plainFirst, recordMs, first, output);
    }
  }

  /** An object, or an array of them, which is told to be unreadable rather than taken for text. */
  private static boolean isJson(byte[] value, int start) {
    int first = JsonScanner.skipSpace(value, start);
    return Ascii.is(value, first, value.length, '{')
        || (Ascii.is(value, first, value.length, '[')
            && Ascii.is(value, JsonScanner.skipSpace(value, first + 1), value.length, '{'));
  }
}

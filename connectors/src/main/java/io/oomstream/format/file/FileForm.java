package io.oomstream.format.file;

import static io.oomstream.bytes.Ascii.is;

import io.oomstream.bytes.Ascii;
import io.oomstream.format.EnvelopeDecoder;
import io.oomstream.format.detect.EnvelopeDetector;
import io.oomstream.format.json.FieldNames;
import io.oomstream.format.json.JsonFields;
import io.oomstream.format.json.JsonScanner;
import io.oomstream.format.json.OwnFields;
import io.oomstream.format.line.Envelope;

/** How a log file is divided into pieces. */
public enum FileForm {
  /** A line each. */
  LINES,
  /** Entries of {@code journalctl -o export}, which hold lines and may hold any bytes. */
  EXPORT,
  /** Objects that go over several lines, or are longer than what we look at. */
  JSON,
  /** OpenTelemetry's protobuf: one request, or the collector's file of requests. */
  PROTO;

  /** Of the first bytes of a file. */
  public static FileForm of(byte[] begin, Envelope pinned) {
    if (pinned == Envelope.JOURNALD_EXPORT || pinned == Envelope.OTLP_PROTO) {
      return pinned == Envelope.OTLP_PROTO ? PROTO : EXPORT;
    }
    boolean isOpen = pinned == Envelope.AUTO;
    if (isOpen && ProtoSplitter.isBegin(begin)) {
      return PROTO;
    }
    int start = JsonScanner.skipSpace(begin, EnvelopeDecoder.afterMark(begin));
    if (isOpen && EnvelopeDetector.isExport(begin, start)) {
      return EXPORT;
    }
    boolean text = isText(pinned);
    return !text && isJson(begin, start) && !isOneLine(begin, start) ? JSON : LINES;
  }

  private static boolean isText(Envelope pinned) {
    return switch (pinned) {
      case KMSG, DMESG, RFC3164, RFC5424, CRI -> true;
      default -> false;
    };
  }

  private static boolean isJson(byte[] begin, int start) {
    int inside = JsonScanner.skipSpace(begin, start + 1);
    // A tracker's {code} or {noformat} is no object.
    return (is(begin, start, begin.length, '{')
            && (inside >= begin.length
                || is(begin, inside, begin.length, '"')
                || is(begin, inside, begin.length, '}')))
        || (is(begin, start, begin.length, '[') && is(begin, inside, begin.length, '{'));
  }

  /** A whole object in a line: then a broken one costs its own line only. */
  private static boolean isOneLine(byte[] begin, int start) {
    JsonScanner scanner = new JsonScanner(new OwnFields(FieldNames.NONE));
    int newline = Ascii.indexOf(begin, start, begin.length, '\n');
    int end = newline < 0 ? begin.length : newline;
    return is(begin, start, end, '{')
        && scanner.readObject(begin, start, new JsonFields())
        && scanner.position() <= end;
  }
}

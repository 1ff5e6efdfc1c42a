package io.oomstream.format;

import static io.oomstream.bytes.Ascii.is;

import io.oomstream.bytes.Ascii;
import io.oomstream.format.detect.EnvelopeReaders;
import io.oomstream.format.json.JsonEnvelope;
import io.oomstream.format.json.JsonField;
import io.oomstream.format.json.JsonFields;
import io.oomstream.format.line.Envelope;
import io.oomstream.format.line.LineOutput;
import io.oomstream.format.line.LineView;
import org.jspecify.annotations.Nullable;

/**
 * {@code journalctl -o export}: lines {@code FIELD=value}, or the field alone, eight bytes of
 * length and the value (<a href="https://systemd.io/JOURNAL_EXPORT_FORMATS">systemd.io</a>); an
 * empty line ends an entry.
 */
public final class JournalExport {

  private static final int LENGTH_BYTES = 8;

  private final JsonEnvelope journal;
  private final JsonFields fields = new JsonFields();
  private final LineView view = new LineView();

  JournalExport(EnvelopeReaders readers) {
    journal = java.util.Objects.requireNonNull(readers.json(Envelope.JOURNALD_JSON));
  }

  void decode(byte[] value, int start, long recordMs, LineOutput out) {
    int at = start;
    while (at < value.length) {
      if (is(value, at, value.length, '\n') || is(value, at, value.length, '\r')) {
        at++;
        continue;
      }
      fields.begin(value);
      int after = entry(value, at);
      if (after < 0) {
        out.undecodable("a field of journalctl -o export that is cut short", at);
        return;
      }
      view.clear();
      journal.read(fields, view, recordMs, out);
      at = after;
    }
  }

  /** Reads the entry that begins here; returns its end, -1 if a binary field is cut. */
  private int entry(byte[] value, int start) {
    int at = start;
    while (at < value.length && !is(value, at, value.length, '\n')) {
      int newline = Ascii.indexOf(value, at, value.length, '\n');
      int end = newline < 0 ? value.length : newline;
      int equals = Ascii.indexOf(value, at, end, '=');
      if (equals >= 0) {
        int trimmed = end > equals + 1 && value[end - 1] == '\r' ? end - 1 : end;
        put(value, at, equals, equals + 1, trimmed);
        at = end + 1;
        continue;
      }
      int data = end + 1 + LENGTH_BYTES;
      long length = data <= value.length ? littleEndian(value, end + 1) : -1;
      if (length < 0 || length > value.length - data) {
        return -1;
      }
      put(value, at, end, data, data + (int) length);
      at = data + (int) length + 1;
    }
    return at;
  }

  private void put(byte[] value, int name, int nameEnd, int start, int end) {
    @Nullable JsonField field = JsonField.of(value, name, nameEnd);
    if (field != null) {
      fields.put(field, field.isExact(value, name), JsonFields.Kind.STRING, start, end, false);
    }
  }

  public static long littleEndian(byte[] value, int start) {
    long number = 0;
    for (int i = LENGTH_BYTES - 1; i >= 0; i--) {
      number = number << 8 | (value[start + i] & 0xff);
    }
    return number;
  }
}

package io.oomstream.format.otlp;

import io.oomstream.bytes.Ascii;
import io.oomstream.format.json.JsonCursor;
import io.oomstream.format.line.LineOutput;
import io.oomstream.format.line.LineView;
import io.oomstream.format.line.Scratch;
import org.jspecify.annotations.Nullable;

/**
 * OpenTelemetry's {@code otlp_json}: {@code resourceLogs[].scopeLogs[].logRecords[]}, 64-bit
 * numbers as strings, bytes in base64. Members may be in any order, and their names in snake case.
 */
public final class OtlpJson {

  private static final byte[] RESOURCE_LOGS = Ascii.literal("resourceLogs");
  private static final byte[] RESOURCE_LOGS_SNAKE = Ascii.literal("resource_logs");
  private static final byte[] RESOURCE = Ascii.literal("resource");
  private static final byte[] SCOPE_LOGS = Ascii.literal("scopeLogs");
  private static final byte[] SCOPE_LOGS_SNAKE = Ascii.literal("scope_logs");
  private static final byte[] LOG_RECORDS = Ascii.literal("logRecords");
  private static final byte[] LOG_RECORDS_SNAKE = Ascii.literal("log_records");
  private static final byte[] ATTRIBUTES = Ascii.literal("attributes");
  private static final byte[] TIME = Ascii.literal("timeUnixNano");
  private static final byte[] TIME_SNAKE = Ascii.literal("time_unix_nano");
  private static final byte[] OBSERVED = Ascii.literal("observedTimeUnixNano");
  private static final byte[] OBSERVED_SNAKE = Ascii.literal("observed_time_unix_nano");
  private static final byte[] BODY = Ascii.literal("body");
  private static final byte[] KEY = Ascii.literal("key");
  private static final byte[] VALUE = Ascii.literal("value");
  private static final byte[] VALUES = Ascii.literal("values");
  private static final byte[] MAP = Ascii.literal("kvlistValue");
  private static final byte[] MAP_SNAKE = Ascii.literal("kvlist_value");
  private static final byte[] BYTES = Ascii.literal("bytesValue");
  private static final byte[] BYTES_SNAKE = Ascii.literal("bytes_value");
  private static final byte[] ARRAY = Ascii.literal("arrayValue");
  private static final byte[] ARRAY_SNAKE = Ascii.literal("array_value");
  private static final byte[] STRING = Ascii.literal("stringValue");
  private static final byte[] STRING_SNAKE = Ascii.literal("string_value");
  private static final byte[] INT = Ascii.literal("intValue");
  private static final byte[] INT_SNAKE = Ascii.literal("int_value");

  private static final int NOWHERE = -1;
  private static final int LONGEST_NUMBER = 19;

  private final OtlpLine line;
  private final OtlpEntry entry = new OtlpEntry();
  private final JsonCursor json = new JsonCursor();
  private final LineView.Span span = new LineView.Span();
  private final Scratch room = new Scratch();

  /** The names of the maps around a value, separated by points. */
  private final byte[] path = new byte[OtlpName.LONGEST];

  public OtlpJson(OtlpLine line) {
    this.line = line;
  }

  /** Reads the object between the two positions, which the scanner accepted. */
  public void decode(byte[] value, int start, int end, long recordMs, LineOutput out) {
    json.reset(value, start, end);
    if (json.enter('{')) {
      for (boolean first = true; json.member(first); first = false) {
        if (json.isNamed(RESOURCE_LOGS, RESOURCE_LOGS_SNAKE) && json.enter('[')) {
          for (boolean one = true; json.element(one); one = false) {
            resourceLogs(recordMs, out);
          }
        } else if (!json.isNamed(RESOURCE_LOGS, RESOURCE_LOGS_SNAKE)) {
          json.skip();
        }
      }
    }
    if (json.isBroken()) {
      out.undecodable("broken JSON", json.position());
    }
  }

  /** The resource is read first, wherever it is. */
  private void resourceLogs(long recordMs, LineOutput out) {
    entry.resource.clear();
    int scopeLogs = NOWHERE;
    boolean hasResource = false;
    if (!json.enter('{')) {
      return;
    }
    for (boolean first = true; json.member(first); first = false) {
      if (json.isNamed(RESOURCE)) {
        attributesOf(entry.resource);
        hasResource = true;
      } else if (json.isNamed(SCOPE_LOGS, SCOPE_LOGS_SNAKE) && hasResource) {
        scopeLogs(recordMs, out);
      } else {
        scopeLogs = json.isNamed(SCOPE_LOGS, SCOPE_LOGS_SNAKE) ? json.position() : scopeLogs;
        json.skip();
      }
    }
    if (scopeLogs != NOWHERE && !json.isBroken()) {
      int after = json.position();
      json.goTo(scopeLogs);
      scopeLogs(recordMs, out);
      json.goTo(after);
    }
  }

  private void attributesOf(OtlpValues into) {
    if (json.enter('{')) {
      for (boolean first = true; json.member(first); first = false) {
        if (json.isNamed(ATTRIBUTES)) {
          keyValues(0, into);
        } else {
          json.skip();
        }
      }
    }
  }

  private void scopeLogs(long recordMs, LineOutput out) {
    if (!json.enter('[')) {
      return;
    }
    for (boolean one = true; json.element(one); one = false) {
      if (!json.enter('{')) {
        continue;
      }
      for (boolean first = true; json.member(first); first = false) {
        boolean isRecords = json.isNamed(LOG_RECORDS, LOG_RECORDS_SNAKE);
        if (isRecords && json.enter('[')) {
          for (boolean record = true; json.element(record); record = false) {
            record(recordMs, out);
          }
        } else if (!isRecords) {
          json.skip();
        }
      }
    }
  }

  /** A body's members go before attributes of the same name. */
  private void record(long recordMs, LineOutput out) {
    entry.begin();
    int body = NOWHERE;
    if (json.enter('{')) {
      for (boolean first = true; json.member(first); first = false) {
        if (json.isNamed(TIME, TIME_SNAKE)) {
          entry.timeNs = number();
        } else if (json.isNamed(OBSERVED, OBSERVED_SNAKE)) {
          entry.observedNs = number();
        } else if (json.isNamed(ATTRIBUTES)) {
          keyValues(0, entry.attributes);
        } else {
          body = json.isNamed(BODY) ? json.position() : body;
          json.skip();
        }
      }
    }
    if (json.isBroken()) {
      return;
    }
    if (body != NOWHERE) {
      int after = json.position();
      json.goTo(body);
      any(NOWHERE, entry.body, entry.attributes);
      json.goTo(after);
    }
    if (!json.isBroken()) {
      line.emit(entry, recordMs, out);
    }
  }

  private void keyValues(int prefix, OtlpValues into) {
    if (json.enter('[')) {
      for (boolean one = true; json.element(one); one = false) {
        keyValue(prefix, into);
      }
    }
  }

  /**
   * @param prefix length of the map's own name in {@link #path}
   */
  private void keyValue(int prefix, OtlpValues into) {
    int length = NOWHERE;
    int value = NOWHERE;
    if (!json.enter('{')) {
      return;
    }
    for (boolean first = true; json.member(first); first = false) {
      if (json.isNamed(KEY)) {
        length = append(prefix);
      } else if (json.isNamed(VALUE) && length != NOWHERE && value == NOWHERE) {
        value = json.position();
        value(length, into);
      } else {
        value = json.isNamed(VALUE) ? NOWHERE - 1 - json.position() : value;
        json.skip();
      }
    }
    if (value < NOWHERE && length != NOWHERE && !json.isBroken()) {
      int after = json.position();
      json.goTo(NOWHERE - 1 - value);
      value(length, into);
      json.goTo(after);
    }
  }

  private void value(int length, OtlpValues into) {
    if (length >= path.length) {
      json.skip();
      return;
    }
    OtlpName name = OtlpName.of(path, length);
    any(length, name == null ? null : into.at(name), into);
  }

  /** The path's length with the name at its end; its whole length for an unknown name. */
  private int append(int prefix) {
    room.clear();
    json.text(span, room);
    int length = span.end - span.start;
    if (length >= path.length - prefix) {
      return path.length;
    }
    System.arraycopy(span.bytes, span.start, path, prefix, length);
    return prefix + length;
  }

  /**
   * A value as text: a string, a whole number in digits, bytes, or an array of numbers as bytes;
   * the members of a map are attributes of their own.
   *
   * @param length of the value's own name in {@link #path}; {@link #NOWHERE} for a body
   * @param text where the text goes; null if nobody wants it
   */
  private void any(int length, LineView.@Nullable Span text, OtlpValues into) {
    if (!json.enter('{')) {
      return;
    }
    for (boolean first = true; json.member(first); first = false) {
      if (json.isNamed(MAP, MAP_SNAKE)) {
        map(length, into);
      } else if (text == null) {
        json.skip();
      } else if (json.isNamed(BYTES, BYTES_SNAKE)) {
        base64(text, into.room());
      } else if (json.isNamed(ARRAY, ARRAY_SNAKE)) {
        array(text, into.room());
      } else if (json.isNamed(STRING, STRING_SNAKE) || json.isNamed(INT, INT_SNAKE)) {
        json.text(text, into.room());
      } else {
        json.skip();
      }
    }
  }

  private void map(int length, OtlpValues into) {
    if (length >= path.length - 1) {
      json.skip();
      return;
    }
    if (!json.enter('{')) {
      return;
    }
    if (length != NOWHERE) {
      path[length] = '.';
    }
    int prefix = length + 1;
    for (boolean first = true; json.member(first); first = false) {
      if (json.isNamed(VALUES)) {
        keyValues(prefix, into);
      } else {
        json.skip();
      }
    }
  }

  private void base64(LineView.Span into, Scratch decoded) {
    room.clear();
    json.text(into, room);
    int from = decoded.size();
    if (Base64Bytes.decode(into.bytes, into.start, into.end, decoded)) {
      into.set(decoded.bytes(), from, decoded.size());
    } else {
      into.set(OtlpEntry.NO_BODY, 0, 0);
    }
  }

  private void array(LineView.Span into, Scratch bytes) {
    int from = bytes.size();
    if (json.enter('{')) {
      for (boolean first = true; json.member(first); first = false) {
        if (json.isNamed(VALUES) && json.enter('[')) {
          for (boolean one = true; json.element(one); one = false) {
            bytes.add((int) element());
          }
        } else if (!json.isNamed(VALUES)) {
          json.skip();
        }
      }
    }
    into.set(bytes.bytes(), from, bytes.size());
  }

  /** The number of one element of an array. */
  private long element() {
    long number = 0;
    if (json.enter('{')) {
      for (boolean first = true; json.member(first); first = false) {
        if (json.isNamed(INT, INT_SNAKE)) {
          number = number();
        } else {
          json.skip();
        }
      }
    }
    return number;
  }

  /** A number, also in quotes; 0 if it is none or negative. */
  private long number() {
    room.clear();
    json.text(span, room);
    int length = span.end - span.start;
    if (length < LONGEST_NUMBER) {
      return Math.max(0, Ascii.number(span.bytes, span.start, span.end));
    }
    long most = Ascii.number(span.bytes, span.start, span.end - 1);
    long last = Ascii.number(span.bytes, span.end - 1, span.end);
    return length > LONGEST_NUMBER || most < 0 || last < 0 ? 0 : Math.max(0, 10 * most + last);
  }
}

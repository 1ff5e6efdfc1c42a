package io.oomstream.format.json;

import static io.oomstream.bytes.Ascii.is;

import io.oomstream.bytes.Ascii;
import org.jspecify.annotations.Nullable;

/**
 * Reads the known fields of one JSON object, a few levels deep, and skips the rest without building
 * a tree. Written by hand because every JSON record passes here. Escapes are checked only in
 * strings that are read.
 */
public final class JsonScanner {

  private static final byte[] TRUE = Ascii.literal("true");
  private static final byte[] FALSE = Ascii.literal("false");
  private static final byte[] NULL = Ascii.literal("null");

  /** The deepest known field is in four objects; deeper ones are skipped. */
  private static final int DEEPEST = 6;

  private static final int LONGEST_PATH = 96;

  private final OwnFields own;
  private final byte[] path = new byte[LONGEST_PATH];
  private byte[] json = new byte[0];
  private int at;
  private boolean sawEscape;

  private static final byte[] OF_INPUT = Ascii.literal("$!");
  private static final byte[] IMJOURNAL = Ascii.literal("imjournal");
  static final byte[] IMKMSG = Ascii.literal("imkmsg");

  public JsonScanner(OwnFields own) {
    this.own = own;
  }

  /** Where reading stopped: after the object, or at the error. */
  public int position() {
    return at;
  }

  /** Reads the object that begins at {@code start}; false if it is not well formed. */
  public boolean readObject(byte[] bytes, int start, JsonFields fields) {
    json = bytes;
    at = start;
    fields.begin(bytes);
    return readMembers(fields, 0, 0);
  }

  /**
   * @param prefix length of the object's own name in {@link #path}
   */
  private boolean readMembers(JsonFields fields, int prefix, int depth) {
    if (!take('{')) {
      return false;
    }
    if (take('}')) {
      return true;
    }
    do {
      if (!readMember(fields, prefix, depth)) {
        return false;
      }
    } while (take(','));
    return take('}');
  }

  private boolean readMember(JsonFields fields, int prefix, int depth) {
    skipSpace();
    int name = at + 1;
    if (!skipString()) {
      return false;
    }
    int nameEnd = at - 1;
    if (!take(':')) {
      return false;
    }
    skipSpace();
    boolean descend = depth < DEEPEST && is(json, at, json.length, '{');
    if (descend && prefix == 0 && isOfInput(name, nameEnd, fields)) {
      return readMembers(fields, 0, depth + 1);
    }
    int length = prefix > 0 || descend ? append(prefix, name, nameEnd) : 0;
    JsonField field =
        prefix == 0 ? field(json, name, nameEnd) : length > 0 ? field(path, 0, length) : null;
    boolean exact =
        field != null && field.isExact(prefix == 0 ? json : path, prefix == 0 ? name : 0);
    int start = at;
    if (descend && length > 0 && length < LONGEST_PATH) {
      path[length] = '.';
      if (field != null) {
        fields.put(field, exact, JsonFields.Kind.OTHER, start, start, false);
      }
      return readMembers(fields, length + 1, depth + 1);
    }
    sawEscape = false;
    JsonFields.Kind kind = skipValue();
    if (kind == null) {
      return false;
    }
    if (field != null) {
      boolean quoted = kind == JsonFields.Kind.STRING;
      fields.put(
          field,
          exact,
          kind,
          quoted ? start + 1 : start,
          quoted ? at - 1 : at,
          quoted && sawEscape);
    }
    return true;
  }

  /**
   * Whether this is what rsyslog's input knows of the message ({@code $!} in jsonmesg), and the
   * input is one that takes it from the journal or the kernel. Of another input's messages it can
   * be what a program wrote (mmjsonparse).
   */
  private boolean isOfInput(int name, int nameEnd, JsonFields fields) {
    return nameEnd - name == OF_INPUT.length
        && Ascii.startsWith(json, name, nameEnd, OF_INPUT)
        && (fields.is(JsonField.INPUTNAME, IMJOURNAL) || fields.is(JsonField.INPUTNAME, IMKMSG));
  }

  private @Nullable JsonField field(byte[] name, int start, int end) {
    JsonField given = own.of(name, start, end);
    return given != null ? given : JsonField.of(name, start, end);
  }

  /** The path's length with this name at its end; 0 if it is too long to be known. */
  private int append(int prefix, int name, int nameEnd) {
    int length = prefix + nameEnd - name;
    if (length > LONGEST_PATH) {
      return 0;
    }
    System.arraycopy(json, name, path, prefix, nameEnd - name);
    return length;
  }

  /** Skips a value; null if there is none. */
  private JsonFields.@Nullable Kind skipValue() {
    if (at >= json.length) {
      return null;
    }
    switch (json[at]) {
      case '"':
        return skipString() ? JsonFields.Kind.STRING : null;
      case '[':
        return skipNested() ? JsonFields.Kind.ARRAY : null;
      case '{':
        return skipNested() ? JsonFields.Kind.OTHER : null;
      case 't':
        return skipWord(TRUE) ? JsonFields.Kind.OTHER : null;
      case 'f':
        return skipWord(FALSE) ? JsonFields.Kind.OTHER : null;
      case 'n':
        return skipWord(NULL) ? JsonFields.Kind.NULL : null;
      default:
        return skipNumber() ? JsonFields.Kind.NUMBER : null;
    }
  }

  private boolean skipWord(byte[] word) {
    boolean found = Ascii.startsWith(json, at, json.length, word);
    at += found ? word.length : 0;
    return found;
  }

  private boolean skipNumber() {
    int start = at;
    while (at < json.length && isOfNumber(json[at])) {
      at++;
    }
    return at > start;
  }

  private static boolean isOfNumber(byte b) {
    return Ascii.isDigit(b) || b == '-' || b == '+' || b == '.' || b == 'e' || b == 'E';
  }

  /** Skips an object or array by counting brackets, without recursion. */
  private boolean skipNested() {
    int depth = 0;
    while (at < json.length) {
      byte b = json[at];
      if (b == '"') {
        if (!skipString()) {
          return false;
        }
        continue;
      }
      at++;
      if (b == '[' || b == '{') {
        depth++;
      } else if ((b == ']' || b == '}') && --depth == 0) {
        return true;
      }
    }
    return false;
  }

  /** Skips a string with its quotes; a raw newline within it is an error. */
  private boolean skipString() {
    if (!is(json, at, json.length, '"')) {
      return false;
    }
    int i = Ascii.endOfPlainJson(json, at + 1, json.length);
    while (i < json.length) {
      byte b = json[i];
      if (b == '"') {
        at = i + 1;
        return true;
      }
      if (b == '\n') {
        break;
      }
      sawEscape = true;
      i = Ascii.endOfPlainJson(json, i + 2, json.length);
    }
    at = Math.min(i, json.length);
    return false;
  }

  private boolean take(char expected) {
    skipSpace();
    boolean found = is(json, at, json.length, expected);
    at += found ? 1 : 0;
    return found;
  }

  private void skipSpace() {
    at = skipSpace(json, at);
  }

  public static int skipSpace(byte[] json, int start) {
    int i = start;
    while (i < json.length
        && (json[i] == ' ' || json[i] == '\n' || json[i] == '\r' || json[i] == '\t')) {
      i++;
    }
    return i;
  }
}

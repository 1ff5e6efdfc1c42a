package io.oomstream.format;

import static io.oomstream.format.Ascii.is;

import org.jspecify.annotations.Nullable;

/**
 * Reads one JSON object for the fields we know and steps over the rest, without recursion and
 * without building anything. Strings are not checked for escapes here but where they are read.
 */
final class JsonScanner {

  private static final byte[] TRUE = Ascii.literal("true");
  private static final byte[] FALSE = Ascii.literal("false");
  private static final byte[] NULL = Ascii.literal("null");

  private byte[] json = new byte[0];
  private int at;
  private boolean sawEscape;

  /** Where reading stopped: after the object, or at what is wrong. */
  int position() {
    return at;
  }

  /** Reads the object that begins at {@code start}; false if it is not well formed. */
  boolean readObject(byte[] bytes, int start, JsonFields fields) {
    json = bytes;
    at = start;
    fields.begin(bytes);
    if (!take('{')) {
      return false;
    }
    if (take('}')) {
      return true;
    }
    do {
      if (!readMember(fields)) {
        return false;
      }
    } while (take(','));
    return take('}');
  }

  private boolean readMember(JsonFields fields) {
    skipSpace();
    int name = at + 1;
    if (!skipString()) {
      return false;
    }
    JsonField field = JsonField.of(json, name, at - 1);
    if (!take(':')) {
      return false;
    }
    skipSpace();
    int start = at;
    sawEscape = false;
    JsonFields.Kind kind = skipValue();
    if (kind == null) {
      return false;
    }
    if (field != null) {
      boolean quoted = kind == JsonFields.Kind.STRING;
      fields.put(
          field,
          field.isExact(json, name),
          kind,
          quoted ? start + 1 : start,
          quoted ? at - 1 : at,
          quoted && sawEscape);
    }
    return true;
  }

  /** Steps over a value; null if there is none. */
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

  /** Steps over an object or array by counting brackets: depth costs nothing. */
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

  /** Steps over a string with its quotes; a raw newline within it is an error. */
  private boolean skipString() {
    if (!is(json, at, json.length, '"')) {
      return false;
    }
    int i = at + 1;
    while (i < json.length) {
      byte b = json[i];
      if (b == '"') {
        at = i + 1;
        return true;
      }
      if (b == '\\') {
        sawEscape = true;
        i++;
      } else if (b == '\n') {
        break;
      }
      i++;
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

  static int skipSpace(byte[] json, int start) {
    int i = start;
    while (i < json.length
        && (json[i] == ' ' || json[i] == '\n' || json[i] == '\r' || json[i] == '\t')) {
      i++;
    }
    return i;
  }
}

package io.oomstream.format.json;

import static io.oomstream.bytes.Ascii.is;

import io.oomstream.bytes.Ascii;
import io.oomstream.format.line.LineView;
import io.oomstream.format.line.Scratch;

/**
 * Walks through JSON where it lies, value by value, without a tree. Each level that is entered is
 * read member by member; what is not entered is stepped over by its brackets. After the first error
 * {@link #isBroken} is true and no more is found.
 *
 * <p>Written by hand because every record of OpenTelemetry passes here.
 */
public final class JsonCursor {

  private byte[] json = new byte[0];
  private int end;
  private int at;
  private int nameStart;
  private int nameEnd;
  private boolean isBroken;

  /** At the value that begins there. */
  public void reset(byte[] bytes, int start, int limit) {
    json = bytes;
    at = start;
    end = limit;
    isBroken = false;
  }

  public boolean isBroken() {
    return isBroken;
  }

  /** Where the cursor is. */
  public int position() {
    return at;
  }

  /** Goes to a value whose {@link #position} was noted. */
  public void goTo(int position) {
    at = position;
  }

  /** Goes into the object or array that is here; false, and stepped over, if it is not one. */
  public boolean enter(char bracket) {
    space();
    if (!isBroken && is(json, at, end, bracket)) {
      at++;
      return true;
    }
    skip();
    return false;
  }

  /**
   * The next member of the object that was entered; the cursor is at its value then, which must be
   * entered or skipped. After the last one it is behind the object.
   *
   * @param isFirst whether none was read yet
   */
  public boolean member(boolean isFirst) {
    if (!element(isFirst, '}')) {
      return false;
    }
    nameStart = at + 1;
    skipString();
    nameEnd = at - 1;
    space();
    if (isBroken || !is(json, at, end, ':')) {
      isBroken = true;
      return false;
    }
    at++;
    space();
    return true;
  }

  /** The same of an array. */
  public boolean element(boolean isFirst) {
    return element(isFirst, ']');
  }

  private boolean element(boolean isFirst, char close) {
    space();
    if (isBroken) {
      return false;
    }
    if (is(json, at, end, close)) {
      at++;
      return false;
    }
    if (!isFirst) {
      if (!is(json, at, end, ',')) {
        isBroken = true;
        return false;
      }
      at++;
      space();
    }
    return true;
  }

  /** Whether the member's name is this. */
  public boolean isNamed(byte[] name) {
    return nameEnd - nameStart == name.length && Ascii.startsWith(json, nameStart, nameEnd, name);
  }

  /** Whether the member's name is one of the two ways to write it. */
  public boolean isNamed(byte[] camel, byte[] snake) {
    return isNamed(camel) || isNamed(snake);
  }

  /** Steps over the value. */
  public void skip() {
    space();
    if (isBroken || at >= end) {
      isBroken = true;
    } else if (json[at] == '"') {
      skipString();
    } else if (json[at] == '{' || json[at] == '[') {
      skipNested();
    } else {
      int start = at;
      while (at < end && isOfWord(json[at])) {
        at++;
      }
      isBroken = at == start;
    }
  }

  private static boolean isOfWord(byte b) {
    return Ascii.isDigit(b) || Ascii.isLetter(b) || b == '-' || b == '+' || b == '.';
  }

  private void skipNested() {
    int depth = 0;
    while (at < end && !isBroken) {
      byte b = json[at];
      if (b == '"') {
        skipString();
        continue;
      }
      at++;
      if (b == '[' || b == '{') {
        depth++;
      } else if ((b == ']' || b == '}') && --depth == 0) {
        return;
      }
    }
    isBroken = true;
  }

  private void skipString() {
    if (!is(json, at, end, '"')) {
      isBroken = true;
      return;
    }
    int i = Ascii.endOfPlainJson(json, at + 1, end);
    while (i < end && json[i] == '\\') {
      i = Ascii.endOfPlainJson(json, Math.min(i + 2, end), end);
    }
    isBroken = i >= end || json[i] != '"';
    at = Math.min(i + 1, end);
  }

  /**
   * Reads the value as text and steps over it: a string's content, a number's digits. Null, objects
   * and arrays are empty.
   *
   * @param room for a string with escapes
   */
  public void text(LineView.Span into, Scratch room) {
    space();
    int start = at;
    skip();
    into.set(json, start, start);
    if (isBroken) {
      return;
    }
    if (json[start] == '"') {
      string(start + 1, at - 1, into, room);
    } else if (json[start] != '{' && json[start] != '[' && json[start] != 'n') {
      into.set(json, start, at);
    }
  }

  private void string(int start, int last, LineView.Span into, Scratch room) {
    if (Ascii.indexOf(json, start, last, '\\') < 0) {
      into.set(json, start, last);
      return;
    }
    int from = room.size();
    isBroken |= !JsonText.unescape(json, start, last, room);
    into.set(room.bytes(), from, room.size());
  }

  private void space() {
    while (at < end
        && (json[at] == ' ' || json[at] == '\n' || json[at] == '\r' || json[at] == '\t')) {
      at++;
    }
  }
}

package io.oomstream.format.file;

import io.oomstream.bytes.Ascii;
import io.oomstream.format.line.Scratch;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * The objects of a file by their nesting, over any number of lines. Of {@code dmesg --json} and of
 * OpenTelemetry's JSON, where one object is the whole log, each entry in it, in a document of its
 * own.
 *
 * <p>What is not well formed is handed on up to the end of its line or the next brace, to be
 * counted as unreadable; reading goes on with the next object.
 */
final class JsonSplitter implements FileSplitter {

  /** What we are in, while the entries of a document are read. */
  private enum Within {
    DMESG("{\"dmesg\":["),
    RESOURCE_LOGS(""),
    SCOPE_LOGS(""),
    LOG_RECORDS(""),
    /** An object: of the document itself, of resource logs, of scope logs. */
    DOCUMENT(""),
    RESOURCE(""),
    SCOPE("");

    private final String prefix;

    Within(String prefix) {
      this.prefix = prefix;
    }

    boolean isObject() {
      return this == DOCUMENT || this == RESOURCE || this == SCOPE;
    }
  }

  private final FileInput in;
  private final Scratch piece = new Scratch();
  private final Scratch resource = new Scratch();
  private final Deque<Within> within = new ArrayDeque<>();

  /** Of the value that is being taken, at which depths arrays are open. */
  private final BitSet arrays = new BitSet();

  JsonSplitter(FileInput in) {
    this.in = in;
  }

  @Override
  public @Nullable FileUnit next() throws IOException {
    while (true) {
      Within inner = within.peek();
      skip(inner == null);
      int b = in.peek();
      if (b < 0) {
        return null;
      }
      long line = in.line();
      piece.clear();
      if (inner == null) {
        if (b != '{') {
          return broken(line);
        }
        if (!opensLog()) {
          return value() ? unit(line) : broken(line);
        }
      } else if (b == (inner.isObject() ? '}' : ']')) {
        in.read();
        within.pop();
      } else if (inner.isObject()) {
        if (!member(inner)) {
          return broken(line);
        }
      } else if (b != '{') {
        return broken(line);
      } else if (inner == Within.RESOURCE_LOGS || inner == Within.SCOPE_LOGS) {
        in.read();
        within.push(inner == Within.SCOPE_LOGS ? Within.SCOPE : Within.RESOURCE);
        if (inner == Within.RESOURCE_LOGS) {
          resource.clear();
        }
      } else {
        return value() ? entry(inner, line) : broken(line);
      }
    }
  }

  /** Space and what divides values; before a document also the brackets of an array of them. */
  private void skip(boolean outside) throws IOException {
    int b = in.peek();
    while (isSpace(b)
        || b == ','
        || (outside && (b == '[' || b == ']' || b == 0xef || b == 0xbb || b == 0xbf))) {
      in.read();
      b = in.peek();
    }
  }

  /** Takes the brace and the first name; whether that is a name under which a log's entries lie. */
  private boolean opensLog() throws IOException {
    take();
    space();
    int name = piece.size();
    if (in.peek() != '"' || !string()) {
      return false;
    }
    Within entries = named(name);
    if (entries != Within.DMESG && entries != Within.RESOURCE_LOGS) {
      return false;
    }
    space();
    if (in.peek() != ':') {
      return false;
    }
    take();
    space();
    if (in.peek() != '[') {
      return false;
    }
    in.read();
    within.push(Within.DOCUMENT);
    within.push(entries);
    return true;
  }

  /** A member of an object on the way to the entries; false if it is none. */
  private boolean member(Within object) throws IOException {
    if (in.peek() != '"' || !string()) {
      return false;
    }
    Within entries = named(0);
    boolean isResource = object == Within.RESOURCE && isName(0, "resource");
    space();
    if (in.peek() != ':') {
      return false;
    }
    in.read();
    space();
    boolean leads =
        (object == Within.RESOURCE && entries == Within.SCOPE_LOGS)
            || (object == Within.SCOPE && entries == Within.LOG_RECORDS);
    if (leads && entries != null && in.peek() == '[') {
      in.read();
      within.push(entries);
      return true;
    }
    piece.clear();
    boolean whole = value();
    if (whole && isResource) {
      resource.clear();
      resource.add(piece.bytes(), 0, piece.size());
    }
    return whole;
  }

  private @Nullable Within named(int start) {
    if (isName(start, "dmesg")) {
      return Within.DMESG;
    }
    if (isName(start, "resourceLogs") || isName(start, "resource_logs")) {
      return Within.RESOURCE_LOGS;
    }
    if (isName(start, "scopeLogs") || isName(start, "scope_logs")) {
      return Within.SCOPE_LOGS;
    }
    return isName(start, "logRecords") || isName(start, "log_records") ? Within.LOG_RECORDS : null;
  }

  private boolean isName(int start, String name) {
    String quoted =
        new String(piece.bytes(), start, piece.size() - start, StandardCharsets.ISO_8859_1);
    return quoted.equals('"' + name + '"');
  }

  /**
   * Takes a whole value, or the rest of an object; false where it breaks off, also where an object
   * begins that cannot stand there: then it is the next one, and this one was cut.
   */
  private boolean value() throws IOException {
    int depth = piece.size() > 0 ? 1 : 0;
    int last = lastTaken();
    arrays.clear();
    while (true) {
      int b = in.peek();
      if (b < 0) {
        return false;
      }
      if (b == '"') {
        if (!string()) {
          return false;
        }
      } else if (depth == 0 && (b == ',' || b == '}' || b == ']' || b == '\n')) {
        return piece.size() > 0;
      } else if (b == '{' && depth > 0 && !mayBegin(arrays.get(depth), last)) {
        return false;
      } else {
        depth += b == '{' || b == '[' ? 1 : b == '}' || b == ']' ? -1 : 0;
        if (b == '{' || b == '[') {
          arrays.set(depth, b == '[');
        }
        take();
        if (depth == 0 && (b == '}' || b == ']')) {
          return true;
        }
      }
      last = isSpace(b) ? last : b;
    }
  }

  /** Whether an object can begin behind that byte. */
  private static boolean mayBegin(boolean inArray, int last) {
    return inArray ? last == '[' || last == ',' : last == ':';
  }

  private int lastTaken() {
    int at = piece.size() - 1;
    while (at >= 0 && isSpace(piece.bytes()[at])) {
      at--;
    }
    return at < 0 ? -1 : piece.bytes()[at];
  }

  private static boolean isSpace(int b) {
    return b == ' ' || b == '\n' || b == '\r' || b == '\t';
  }

  /** Takes a string; false if a line or the file ends within it. */
  private boolean string() throws IOException {
    take();
    int b = in.peek();
    while (b >= 0 && b != '\n') {
      take();
      if (b == '"') {
        return true;
      }
      if (b == '\\' && in.peek() >= 0 && in.peek() != '\n') {
        take();
      }
      b = in.peek();
    }
    return false;
  }

  private void space() throws IOException {
    int b = in.peek();
    while (isSpace(b)) {
      take();
      b = in.peek();
    }
  }

  private void take() throws IOException {
    FileInput.addWithin(piece, in.read());
  }

  private FileUnit unit(long line) {
    return new FileUnit(line, piece.toArray());
  }

  private FileUnit broken(long line) throws IOException {
    Within inner = within.peek();
    if (inner != Within.DMESG && inner != Within.LOG_RECORDS) {
      within.clear();
    }
    int b = in.peek();
    while (b >= 0 && b != '\n' && b != '{') {
      take();
      b = in.peek();
    }
    return unit(line);
  }

  private FileUnit entry(Within inner, long line) {
    String before = inner.prefix;
    String after = "]}";
    if (inner == Within.LOG_RECORDS) {
      String from = new String(resource.bytes(), 0, resource.size(), StandardCharsets.ISO_8859_1);
      before =
          "{\"resourceLogs\":[{"
              + (from.isEmpty() ? "" : "\"resource\":" + from + ",")
              + "\"scopeLogs\":[{\"logRecords\":[";
      after = "]}]}]}";
    }
    Scratch document = new Scratch();
    byte[] begin = Ascii.literal(before);
    byte[] end = Ascii.literal(after);
    document.add(begin, 0, begin.length);
    document.add(piece.bytes(), 0, piece.size());
    document.add(end, 0, end.length);
    return new FileUnit(line, document.toArray());
  }
}

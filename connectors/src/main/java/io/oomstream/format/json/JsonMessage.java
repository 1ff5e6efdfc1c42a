package io.oomstream.format.json;

import io.oomstream.bytes.Ascii;
import io.oomstream.format.line.LineView;
import io.oomstream.format.line.Scratch;
import io.oomstream.format.text.KmsgEscapes;

/** The bytes of an object's message, which is a string or an array of bytes. */
final class JsonMessage {

  private final Scratch scratch;
  private final Scratch second = new Scratch();

  JsonMessage(Scratch scratch) {
    this.scratch = scratch;
  }

  /** Sets the view's text; false if the value is no message. */
  boolean read(JsonFields fields, JsonField field, LineView view) {
    byte[] json = fields.bytes();
    int start = fields.start(field);
    int end = fields.end(field);
    if (fields.kind(field) == JsonFields.Kind.STRING && !fields.isEscaped(field)) {
      view.setText(json, start, end);
      return true;
    }
    scratch.clear();
    boolean done =
        switch (fields.kind(field)) {
          case STRING -> JsonText.unescape(json, start, end, scratch);
          case ARRAY -> array(json, start, end);
          default -> false;
        };
    view.setText(scratch.bytes(), 0, scratch.size());
    return done;
  }

  /** The same for a text that also has the escapes of /dev/kmsg. */
  boolean readKmsg(JsonFields fields, JsonField field, LineView view) {
    if (!read(fields, field, view)) {
      return false;
    }
    unescapeKmsg(view);
    return true;
  }

  /** Unescapes the escapes of /dev/kmsg in the view's text. */
  void unescapeKmsg(LineView view) {
    if (Ascii.indexOf(view.text, view.textStart, view.textEnd, '\\') >= 0) {
      second.clear();
      KmsgEscapes.unescape(view.text, view.textStart, view.textEnd, second);
      view.setText(second.bytes(), 0, second.size());
    }
  }

  /**
   * Unescapes the bytes that syslog-ng could not write as UTF-8 ({@code \xff}). Bytes that are
   * UTF-8 together are the text's own characters: systemd writes the like in names of groups.
   */
  void unescapeBytes(LineView view) {
    if (Ascii.indexOf(view.text, view.textStart, view.textEnd, '\\') >= 0) {
      second.clear();
      ByteEscapes.unescape(view.text, view.textStart, view.textEnd, second);
      view.setText(second.bytes(), 0, second.size());
    }
  }

  /** An array of bytes, or of several values of one field, of which the first counts. */
  private boolean array(byte[] json, int start, int end) {
    int first = JsonScanner.skipSpace(json, start + 1);
    if (json[first] == '[') {
      int close = Ascii.indexOf(json, first, end, ']');
      return close >= 0 && JsonText.bytes(json, first, close + 1, scratch);
    }
    if (json[first] != '"') {
      return JsonText.bytes(json, start, end, scratch);
    }
    int close = first + 1;
    while (close < end && json[close] != '"') {
      close += json[close] == '\\' ? 2 : 1;
    }
    return close < end && JsonText.unescape(json, first + 1, close, scratch);
  }
}

package io.oomstream.format.json;

import io.oomstream.bytes.Ascii;
import io.oomstream.format.line.LineView;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The known values of one JSON object; they stay in the record's bytes. */
public final class JsonFields {

  /** The type of a value. */
  public enum Kind {
    NONE,
    STRING,
    NUMBER,
    ARRAY,
    NULL,
    OTHER
  }

  private static final byte[] PART = Ascii.literal("P");
  private static final int COUNT = JsonField.values().length;

  private final Kind[] kinds = new Kind[COUNT];
  private final int[] starts = new int[COUNT];
  private final int[] ends = new int[COUNT];
  private final boolean[] exact = new boolean[COUNT];
  private final boolean[] escaped = new boolean[COUNT];
  private final boolean[] doubled = new boolean[COUNT];
  private byte[] bytes = new byte[0];

  /** The fields that are set, to clear only these. */
  private final int[] takenSlots = new int[COUNT];

  private int taken;

  public JsonFields() {
    Arrays.fill(kinds, Kind.NONE);
  }

  public void begin(byte[] json) {
    bytes = json;
    for (int i = 0; i < taken; i++) {
      int slot = takenSlots[i];
      kinds[slot] = Kind.NONE;
      exact[slot] = false;
      doubled[slot] = false;
    }
    taken = 0;
  }

  /**
   * Sets a value; a name with underscores takes precedence over one without.
   *
   * @param start of a string the byte after the quote
   */
  public void put(
      JsonField field, boolean isExact, Kind kind, int start, int end, boolean hasEscapes) {
    int slot = field.ordinal();
    if (exact[slot] && !isExact) {
      return;
    }
    if (kinds[slot] == Kind.NONE) {
      takenSlots[taken++] = slot;
    }
    doubled[slot] = kinds[slot] != Kind.NONE && exact[slot] == isExact;
    exact[slot] = isExact;
    kinds[slot] = kind;
    starts[slot] = start;
    ends[slot] = end;
    escaped[slot] = hasEscapes;
  }

  byte[] bytes() {
    return bytes;
  }

  public Kind kind(JsonField field) {
    return kinds[field.ordinal()];
  }

  public boolean has(JsonField field) {
    return kinds[field.ordinal()] != Kind.NONE;
  }

  /** Whether the field is present under its full name. */
  public boolean hasExact(JsonField field) {
    return exact[field.ordinal()] && has(field);
  }

  public int start(JsonField field) {
    return starts[field.ordinal()];
  }

  public int end(JsonField field) {
    return ends[field.ordinal()];
  }

  boolean isEscaped(JsonField field) {
    return escaped[field.ordinal()];
  }

  /** The first field that is present and not null; null if none is. */
  @Nullable JsonField first(List<JsonField> names) {
    for (int i = 0; i < names.size(); i++) {
      Kind kind = kind(names.get(i));
      if (kind != Kind.NONE && kind != Kind.NULL && kind != Kind.OTHER) {
        return names.get(i);
      }
    }
    return null;
  }

  /** A number, also in quotes; -1 if it is none. */
  long number(JsonField field) {
    Kind kind = kind(field);
    return kind == Kind.NUMBER || kind == Kind.STRING
        ? Ascii.number(bytes, start(field), end(field))
        : -1;
  }

  /** The number of a word; -1 if unknown. */
  interface Words {
    int number(byte[] text, int start, int end);
  }

  /** The number of a string's word; -1 if it is no string or an unknown word. */
  int word(JsonField field, Words words) {
    return kind(field) == Kind.STRING ? words.number(bytes, start(field), end(field)) : -1;
  }

  /**
   * Whether the field is exactly that text. If a shipper removes the journal's underscores, a
   * program's own {@code TRANSPORT} is beside the journal's.
   */
  boolean is(JsonField field, byte[] text) {
    return kind(field) == Kind.STRING
        && !doubled[field.ordinal()]
        && end(field) - start(field) == text.length
        && Ascii.startsWith(bytes, start(field), end(field), text);
  }

  /**
   * Whether the object has a container's output: Fluent Bit ({@code Merge_Log}) and Filebeat put
   * the members of a container's JSON output beside the record's own.
   */
  boolean isOfContainer() {
    return has(JsonField.STREAM);
  }

  /** Whether the text is a part of a container's line, and its rest is in another record. */
  boolean isPart() {
    return is(JsonField.LOGTAG, PART) || is(JsonField.PART, PART);
  }

  /** A name: a string that needs no unescaping. */
  void setName(JsonField field, LineView.Span into) {
    if (kind(field) == Kind.STRING && !isEscaped(field)) {
      into.set(bytes, start(field), end(field));
    }
  }
}

package io.oomstream.format.otlp;

import io.oomstream.format.line.LineView;
import io.oomstream.format.line.Scratch;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Attributes by name, as pieces of the record's bytes; used again for the next record. */
final class OtlpValues {

  private final LineView.Span[] values = new LineView.Span[OtlpName.values().length];
  private final Scratch room = new Scratch();

  OtlpValues() {
    Arrays.setAll(values, i -> new LineView.Span());
  }

  void clear() {
    for (LineView.Span value : values) {
      value.clear();
    }
    room.clear();
  }

  /** Sets a value; the last one of a name counts. */
  void put(OtlpName name, byte[] bytes, int start, int end) {
    values[name.ordinal()].set(bytes, start, end);
  }

  LineView.Span at(OtlpName name) {
    return values[name.ordinal()];
  }

  /** The first name with a value that is not empty; null if none has. */
  LineView.@Nullable Span first(OtlpName[] names) {
    for (OtlpName name : names) {
      LineView.Span value = values[name.ordinal()];
      if (value.end > value.start) {
        return value;
      }
    }
    return null;
  }

  /** Buffer for values that are not in the record's bytes as text; valid until the next clear. */
  Scratch room() {
    return room;
  }
}

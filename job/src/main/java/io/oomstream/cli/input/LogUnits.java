package io.oomstream.cli.input;

import io.oomstream.cli.input.paste.CleanText;
import io.oomstream.cli.input.paste.WideText;
import io.oomstream.cli.input.store.StoreDocument;
import io.oomstream.cli.input.store.StoreRow;
import io.oomstream.cli.input.store.StoreTable;
import io.oomstream.cli.input.store.StoreUnits;
import io.oomstream.format.file.FileForm;
import io.oomstream.format.file.FileSplitter;
import io.oomstream.format.file.FileUnit;
import io.oomstream.format.json.FieldNames;
import io.oomstream.format.line.Envelope;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.ZoneId;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The records of an opened log, whatever form the file has. */
final class LogUnits {

  private static final int BUFFER = 1 << 16;

  private LogUnits() {}

  /**
   * @param pinned {@link Envelope#AUTO} to tell the form by shape; else the file is read as given
   * @param names of the user's own JSON, which is then read by these
   * @param zone of times that name none
   */
  static FileSplitter of(BufferedInputStream in, Envelope pinned, FieldNames names, ZoneId zone)
      throws IOException {
    if (pinned != Envelope.AUTO) {
      return FileSplitter.of(in, pinned);
    }
    BufferedInputStream text = WideText.narrowed(in);
    byte[] begin = peek(text);
    FileForm form = FileForm.of(begin, pinned);
    boolean json = isJson(begin);
    if (json && names.paths().isEmpty()) {
      return new StoreUnits(FileSplitter.of(text, pinned), new StoreDocument(zone));
    }
    if (json || form == FileForm.EXPORT || form == FileForm.PROTO) {
      return FileSplitter.of(text, pinned);
    }
    Character separator = StoreTable.separator(begin);
    return separator != null ? table(text, separator, zone) : lines(text);
  }

  private static FileSplitter table(InputStream in, char separator, ZoneId zone)
      throws IOException {
    List<StoreRow> rows = StoreTable.read(in, separator, zone);
    Deque<StoreRow> left = new ArrayDeque<>(rows);
    return () -> {
      StoreRow row = left.poll();
      return row == null ? null : row.toUnit();
    };
  }

  private static FileSplitter lines(InputStream in) throws IOException {
    CleanText clean = new CleanText(in);
    FileSplitter units = FileSplitter.of(new BufferedInputStream(clean, BUFFER), Envelope.AUTO);
    return new FileSplitter() {
      @Override
      public @Nullable FileUnit next() throws IOException {
        FileUnit unit = units.next();
        return unit == null ? null : new FileUnit(clean.placeOf(unit.line()), unit.bytes());
      }
    };
  }

  private static byte[] peek(BufferedInputStream in) throws IOException {
    in.mark(FileSplitter.LOOK_AHEAD);
    byte[] begin = in.readNBytes(FileSplitter.LOOK_AHEAD);
    in.reset();
    return begin;
  }

  private static boolean isJson(byte[] begin) {
    int i = begin.length > 2 && begin[0] == (byte) 0xef ? 3 : 0;
    while (i < begin.length && (begin[i] == ' ' || begin[i] == '\n' || begin[i] == '\r')) {
      i++;
    }
    if (i >= begin.length || (begin[i] != '{' && begin[i] != '[')) {
      return false;
    }
    boolean array = begin[i] == '[';
    do {
      i++;
    } while (i < begin.length && begin[i] <= ' ' && begin[i] > 0);
    return i < begin.length && (array ? begin[i] == '{' : begin[i] == '"' || begin[i] == '}');
  }
}

package io.oomstream.cli.input.store;

import io.oomstream.format.file.FileSplitter;
import io.oomstream.format.file.FileUnit;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Objects of a file, those of log stores turned into records. A file begins as it goes on: where
 * its first object is a shipper's record, all are handed on as they are.
 */
public final class StoreUnits implements FileSplitter {

  private static final int MOST_ROWS = 4_000_000;

  private final FileSplitter inner;
  private final Deque<FileUnit> ready = new ArrayDeque<>();
  private boolean handOn;

  public StoreUnits(FileSplitter inner, StoreDocument documents) throws IOException {
    this.inner = inner;
    FileUnit first = inner.next();
    if (first == null) {
      return;
    }
    if (documents.isRecord(first.bytes())) {
      handOn = true;
      ready.add(first);
      return;
    }
    List<StoreRow> rows = new ArrayList<>();
    List<FileUnit> unknown = new ArrayList<>();
    for (FileUnit unit = first; unit != null; unit = inner.next()) {
      List<StoreRow> own = documents.rows(unit);
      if (own.isEmpty()) {
        boolean record = documents.isRecord(unit.bytes());
        (record ? ready : unknown).add(unit);
      }
      rows.addAll(own);
      if (rows.size() > MOST_ROWS) {
        throw new UnknownShape("has more than " + MOST_ROWS + " rows; give it in parts");
      }
    }
    if (rows.isEmpty() && ready.isEmpty()) {
      throw new UnknownShape(
          "is JSON of a shape that is not known; say where its lines are:"
              + " --option input.fields=message:PATH,host:PATH,time:PATH, or take them out: jq -r"
              + " '.. | .message? // empty' FILE | ./oomstream analyze -");
    }
    StoreRow.inOrder(rows).forEach(row -> ready.add(row.toUnit()));
    ready.addAll(unknown);
  }

  @Override
  public @Nullable FileUnit next() throws IOException {
    FileUnit unit = ready.poll();
    return unit == null && handOn ? inner.next() : unit;
  }
}

package io.oomstream.cli.input.store;

import com.fasterxml.jackson.databind.JsonNode;
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
    FoundLines found = new FoundLines();
    look(found, documents, first);
    boolean record = documents.isRecord(first.bytes());
    if (record
        && (documents.hasKernelLine(first.bytes(), found)
            || found.rows(documents.zone()).isEmpty())) {
      handOn = true;
      ready.add(first);
      return;
    }
    List<StoreRow> rows = new ArrayList<>();
    List<FileUnit> unknown = new ArrayList<>();
    boolean kernel = false;
    for (FileUnit unit = first; unit != null; unit = inner.next()) {
      List<StoreRow> own = documents.rows(unit);
      if (own.isEmpty()) {
        boolean whole = documents.isRecord(unit.bytes());
        (whole ? ready : unknown).add(unit);
      }
      rows.addAll(own);
      kernel |= own.stream().anyMatch(row -> found.isStrong(row.text()));
      if (!kernel && unit != first) {
        look(found, documents, unit);
      }
      if (rows.size() > MOST_ROWS) {
        throw new UnknownShape("has more than " + MOST_ROWS + " rows; give it in parts");
      }
    }
    List<StoreRow> hidden = kernel ? List.of() : found.rows(documents.zone());
    if (!hidden.isEmpty()) {
      ready.clear();
      unknown.clear();
      rows = hidden;
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

  private static void look(FoundLines found, StoreDocument documents, FileUnit unit) {
    JsonNode root = documents.tree(unit);
    if (root != null) {
      found.look(root, unit.line());
    }
  }

  @Override
  public @Nullable FileUnit next() throws IOException {
    FileUnit unit = ready.poll();
    return unit == null && handOn ? inner.next() : unit;
  }
}

package io.oomstream.snapshot;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The head of a JSON envelope; its files go straight to where they are read. */
final class SnapshotEnvelope {

  private static final long SMALLEST_PAGE = 512;
  private static final long BIGGEST_PAGE = 1 << 24;

  @Nullable String host;
  @Nullable Long time;
  @Nullable String bootId;
  @Nullable String kernelRelease;
  @Nullable Long pageSize;
  @Nullable String complaint;

  /** Reads one object, whose beginning is the current token. Unknown fields are left out. */
  static SnapshotEnvelope read(JsonParser parser, SnapshotFiles files) throws IOException {
    SnapshotEnvelope envelope = new SnapshotEnvelope();
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.currentName();
      JsonToken value = parser.nextToken();
      if (name.equals("files") && value == JsonToken.START_OBJECT) {
        readFiles(parser, files);
      } else if (value.isScalarValue()) {
        envelope.set(name, value == JsonToken.VALUE_NULL ? null : parser.getText());
      } else {
        parser.skipChildren();
      }
    }
    return envelope;
  }

  private void set(String name, @Nullable String text) {
    if (text == null || text.isEmpty()) {
      return;
    }
    switch (name) {
      case "host" -> host = text;
      case "bootId" -> bootId = text;
      case "kernelRelease" -> kernelRelease = text;
      case "pageSize" -> {
        Long size = ProcText.number(text);
        pageSize = size != null && size >= SMALLEST_PAGE && size <= BIGGEST_PAGE ? size : null;
      }
      case "time" -> {
        time = TimeText.parse(text);
        if (time == null) {
          complaint = "time is neither RFC 3339 nor seconds since 1970";
        }
      }
      default -> {}
    }
  }

  private static void readFiles(JsonParser parser, SnapshotFiles files) throws IOException {
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String path = parser.currentName();
      if (parser.nextToken() == JsonToken.VALUE_STRING) {
        files.add(path, parser.getText());
      } else {
        parser.skipChildren();
      }
    }
  }
}

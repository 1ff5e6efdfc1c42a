package io.oomstream.format.file;

import io.oomstream.format.line.Envelope;
import java.io.BufferedInputStream;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The pieces of a log file, one after the other, so that a file of any size can be read. */
public interface FileSplitter {

  /** How much of a file is looked at to tell its form. */
  int LOOK_AHEAD = 8192;

  /** A longer piece is cut; the decoder refuses it or says that it is broken. */
  int LONGEST = 16 << 20;

  /** The next piece; null at the end. */
  @Nullable FileUnit next() throws IOException;

  /**
   * @param pinned {@link Envelope#AUTO} to tell the form by shape
   */
  static FileSplitter of(BufferedInputStream in, Envelope pinned) throws IOException {
    in.mark(LOOK_AHEAD);
    byte[] begin = in.readNBytes(LOOK_AHEAD);
    in.reset();
    FileInput input = new FileInput(in);
    return switch (FileForm.of(begin, pinned)) {
      case LINES -> new LineSplitter(input);
      case EXPORT -> new ExportSplitter(input);
      case JSON -> new JsonSplitter(input);
      case PROTO -> new ProtoSplitter(input);
    };
  }
}

package io.oomstream.assemble;

import io.oomstream.event.DeadLetter;
import io.oomstream.format.line.KernelLine;
import java.nio.charset.StandardCharsets;

/**
 * Dead letters of lines that the assembler has no block for. They carry the line's own text, byte
 * for byte, and where it stood: the record is not kept.
 */
public final class LineLetters {

  private LineLetters() {}

  /** Of a line that no block claims. */
  public static DeadLetter orphan(TimedLine line) {
    return line.isLate()
        ? letter(line, DeadLetter.Reason.LATE, "its block was concluded before it came")
        : letter(line, DeadLetter.Reason.ORPHANED, "it belongs to no block of this host");
  }

  /** Of a line that begins or ends a block and for which there was no room. */
  public static DeadLetter overLimit(TimedLine line) {
    return letter(line, DeadLetter.Reason.OVER_LIMIT, "the host's buffer is full");
  }

  private static DeadLetter letter(TimedLine line, DeadLetter.Reason reason, String detail) {
    KernelLine own = line.line();
    return new DeadLetter(
        reason,
        detail,
        null,
        own.host(),
        own.topic(),
        own.partition(),
        own.offset(),
        own.timestamp(),
        line.recordKey(),
        own.text().getBytes(StandardCharsets.ISO_8859_1));
  }
}

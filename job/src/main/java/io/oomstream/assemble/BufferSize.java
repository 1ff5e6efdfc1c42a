package io.oomstream.assemble;

/**
 * The size of a host's buffer.
 *
 * @param lines number of lines
 * @param notes number of notes of sequence numbers
 * @param bytes estimated memory of both
 * @param refused lines without room since the last emitted block
 */
public record BufferSize(int lines, int notes, long bytes, long refused) {

  public static final BufferSize EMPTY = new BufferSize(0, 0, 0, 0);

  public BufferSize withLine(long lineBytes) {
    return new BufferSize(lines + 1, notes, bytes + lineBytes, refused);
  }

  public BufferSize withNote(long noteBytes) {
    return new BufferSize(lines, notes + 1, bytes + noteBytes, refused);
  }

  public BufferSize withRefused(long count) {
    return new BufferSize(lines, notes, bytes, count);
  }

  /** Lines and notes. */
  public int items() {
    return lines + notes;
  }
}

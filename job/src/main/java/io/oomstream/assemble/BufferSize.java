package io.oomstream.assemble;

/**
 * How much of a host is kept.
 *
 * @param lines number of lines
 * @param notes words of sequence numbers that are not missing
 * @param bytes what both cost, roughly
 * @param refused lines for which there was no room, since a block left
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

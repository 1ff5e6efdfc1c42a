package io.oomstream.state;

/**
 * What is known of a host's buffer without reading it.
 *
 * @param lines kept
 * @param bytes kept, roughly
 * @param dropped lines refused because the buffer was full
 * @param eventTimer the registered event-time timer; {@link #NO_TIMER} if there is none
 * @param stallTimer the registered processing-time timer, likewise
 * @param lastArrival processing time of the newest line, milliseconds
 * @param watermark where event time stood when the stall timer was set
 */
public record BufferHeader(
    int lines,
    long bytes,
    long dropped,
    long eventTimer,
    long stallTimer,
    long lastArrival,
    long watermark) {

  public static final long NO_TIMER = Long.MIN_VALUE;
  public static final BufferHeader EMPTY =
      new BufferHeader(0, 0, 0, NO_TIMER, NO_TIMER, NO_TIMER, NO_TIMER);

  public BufferHeader with(HostLine line) {
    return new BufferHeader(
        lines + 1, bytes + line.bytes(), dropped, eventTimer, stallTimer, lastArrival, watermark);
  }

  public BufferHeader withDropped() {
    return new BufferHeader(
        lines, bytes, dropped + 1, eventTimer, stallTimer, lastArrival, watermark);
  }

  public BufferHeader withoutDropped() {
    return new BufferHeader(lines, bytes, 0, eventTimer, stallTimer, lastArrival, watermark);
  }

  public BufferHeader withEventTimer(long timer) {
    return new BufferHeader(lines, bytes, dropped, timer, stallTimer, lastArrival, watermark);
  }

  public BufferHeader withStallTimer(long timer, long arrival, long newWatermark) {
    return new BufferHeader(lines, bytes, dropped, eventTimer, timer, arrival, newWatermark);
  }

  /** The header of a buffer that holds just what is left, timers unchanged. */
  public BufferHeader holding(Iterable<HostLine> left) {
    int count = 0;
    long size = 0;
    for (HostLine line : left) {
      count++;
      size += line.bytes();
    }
    return new BufferHeader(count, size, dropped, eventTimer, stallTimer, lastArrival, watermark);
  }
}

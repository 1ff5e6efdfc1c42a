package io.oomstream.state;

/**
 * The timers of a host's buffer, and the points from which its silence is measured.
 *
 * @param event the registered event-time timer, milliseconds; {@link #NONE} if there is none
 * @param stall the registered processing-time timer, likewise
 * @param attempt the attempt of the task that set the following: processing time of its first sign
 * @param heard the attempt's clock of signs of life when the host's newest line came, milliseconds
 * @param awake the attempt's own clock then
 * @param since the attempt's own clock when a line came to an empty buffer
 * @param watermark where event time stood then
 * @param unfinished whether the buffer has a block without an end, or lines of none
 */
public record BufferTimers(
    long event,
    long stall,
    long attempt,
    long heard,
    long awake,
    long since,
    long watermark,
    boolean unfinished) {

  public static final long NONE = Long.MIN_VALUE;
  public static final BufferTimers EMPTY =
      new BufferTimers(NONE, NONE, NONE, 0, 0, 0, Long.MIN_VALUE, false);

  public BufferTimers withEvent(long timer) {
    return new BufferTimers(timer, stall, attempt, heard, awake, since, watermark, unfinished);
  }

  public BufferTimers withStall(long timer) {
    return new BufferTimers(event, timer, attempt, heard, awake, since, watermark, unfinished);
  }

  public BufferTimers withSince(long time) {
    return new BufferTimers(event, stall, attempt, heard, awake, time, watermark, unfinished);
  }

  public BufferTimers withUnfinished() {
    return new BufferTimers(event, stall, attempt, heard, awake, since, watermark, true);
  }

  /** Event time is measured from there. */
  public BufferTimers withWatermark(long time) {
    return new BufferTimers(event, stall, attempt, heard, awake, since, time, unfinished);
  }
}

package io.oomstream.state;

/**
 * The timers of one key: at most one in event time and one in processing time.
 *
 * @param event time of the registered timer, milliseconds; {@link #NONE} if there is none
 * @param processing likewise
 * @param waiting elements that wait for them
 */
public record KeyTimers(long event, long processing, int waiting) {

  /** No timer. */
  public static final long NONE = Long.MAX_VALUE;

  public static final KeyTimers EMPTY = new KeyTimers(NONE, NONE, 0);

  public KeyTimers withWaiting(int elements) {
    return new KeyTimers(event, processing, elements);
  }

  public KeyTimers withEvent(long time) {
    return new KeyTimers(time, processing, waiting);
  }

  public KeyTimers withProcessing(long time) {
    return new KeyTimers(event, time, waiting);
  }
}

package io.oomstream.state;

/**
 * The timers of one key, at most one in event time and one in processing time, and what the stall
 * rule asks of the key.
 *
 * @param event time of the registered timer, milliseconds; {@link #NONE} if there is none
 * @param processing likewise
 * @param waiting elements that wait for them
 * @param arrival processing time of the newest element
 * @param eventTime the greatest event time of an element
 * @param looked processing time when the newest element came, or the key was looked at since
 * @param watermark event time then; after a restore what it was before, until it is there again.
 *     What waits for the next moment of it would else seem to wait for decades
 */
public record KeyTimers(
    long event,
    long processing,
    int waiting,
    long arrival,
    long eventTime,
    long looked,
    long watermark) {

  /** No timer. */
  public static final long NONE = Long.MAX_VALUE;

  public static final KeyTimers EMPTY =
      new KeyTimers(NONE, NONE, 0, Long.MIN_VALUE, Long.MIN_VALUE, Long.MIN_VALUE, Long.MIN_VALUE);

  public KeyTimers withWaiting(int elements) {
    return new KeyTimers(event, processing, elements, arrival, eventTime, looked, watermark);
  }

  public KeyTimers withEvent(long time) {
    return new KeyTimers(time, processing, waiting, arrival, eventTime, looked, watermark);
  }

  public KeyTimers withProcessing(long time) {
    return new KeyTimers(event, time, waiting, arrival, eventTime, looked, watermark);
  }

  /** After an element. */
  public KeyTimers arrived(long now, long elementTime, long currentWatermark) {
    return new KeyTimers(
        event,
        processing,
        waiting,
        now,
        Math.max(eventTime, elementTime),
        now,
        Math.max(watermark, currentWatermark));
  }

  /** After a look at the key. */
  public KeyTimers lookedAt(long now, long currentWatermark) {
    return new KeyTimers(
        event, processing, waiting, arrival, eventTime, now, Math.max(watermark, currentWatermark));
  }
}

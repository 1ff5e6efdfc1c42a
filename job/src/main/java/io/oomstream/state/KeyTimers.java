package io.oomstream.state;

/**
 * The timers of one key, at most one in event time and one in processing time, and the figures that
 * the stall rule needs.
 *
 * @param event time of the registered timer, milliseconds; {@link #NONE} if there is none
 * @param processing the same for processing time
 * @param waiting elements that wait for them
 * @param newestElement processing time of the newest element
 * @param eventTime the greatest event time of an element
 * @param looked processing time of the newest element or of the last check of the key
 * @param watermark event time then. After a restore it is the time before the restore until the
 *     job's event time is back there: what waits for its next advance would else wait for decades
 */
public record KeyTimers(
    long event,
    long processing,
    int waiting,
    long newestElement,
    long eventTime,
    long looked,
    long watermark) {

  /** No timer. */
  public static final long NONE = Long.MAX_VALUE;

  public static final KeyTimers EMPTY =
      new KeyTimers(NONE, NONE, 0, Long.MIN_VALUE, Long.MIN_VALUE, Long.MIN_VALUE, Long.MIN_VALUE);

  public KeyTimers withWaiting(int elements) {
    return new KeyTimers(event, processing, elements, newestElement, eventTime, looked, watermark);
  }

  public KeyTimers withEvent(long time) {
    return new KeyTimers(time, processing, waiting, newestElement, eventTime, looked, watermark);
  }

  public KeyTimers withProcessing(long time) {
    return new KeyTimers(event, time, waiting, newestElement, eventTime, looked, watermark);
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

  /** After a check of the key. */
  public KeyTimers lookedAt(long now, long currentWatermark) {
    return new KeyTimers(
        event,
        processing,
        waiting,
        newestElement,
        eventTime,
        now,
        Math.max(watermark, currentWatermark));
  }
}

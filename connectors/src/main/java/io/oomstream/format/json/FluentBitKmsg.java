package io.oomstream.format.json;

import io.oomstream.format.line.LineOutput;
import io.oomstream.format.line.LineView;
import io.oomstream.format.line.Scratch;
import io.oomstream.format.time.WallTime;

/**
 * Fluent Bit's in_kmsg: {@code sequence}, {@code sec}, {@code usec}, and {@code msg} with the
 * escapes of /dev/kmsg left in. There is no facility, and a host only if a filter adds it.
 */
public final class FluentBitKmsg implements JsonEnvelope {

  private static final int LAST_LEVEL = 7;

  /** Longer than any machine runs; more microseconds would overflow. */
  private static final long MOST_SECONDS = 1_000_000_000_000L;

  private final JsonMessage message;
  private final JsonTime time;

  public FluentBitKmsg(WallTime wallTime, Scratch scratch) {
    message = new JsonMessage(scratch);
    time = new JsonTime(wallTime);
  }

  @Override
  public void read(JsonFields fields, LineView view, long recordMs, LineOutput out) {
    boolean named = fields.has(JsonField.HOST);
    fields.setName(named ? JsonField.HOST : JsonField.HOSTNAME, view.host);
    fields.setName(JsonField.BOOT_ID, view.bootId);
    view.wallTimeUs = time.read(fields, recordMs);
    long sequence = fields.number(JsonField.SEQUENCE);
    view.sequence = sequence < 0 ? LineView.ABSENT : sequence;
    view.kernelTimeUs = kernelTimeUs(fields);
    long level = fields.number(JsonField.PRIORITY);
    view.level = level > LAST_LEVEL ? -1 : (int) level;
    if (message.readKmsg(fields, JsonField.MSG, view)) {
      out.emit(view);
    } else {
      out.undecodable(fields.has(JsonField.MSG) ? "msg is not text" : "no field msg");
    }
  }

  /** Of {@code sec} and {@code usec}; ABSENT without them. */
  static long kernelTimeUs(JsonFields fields) {
    long sec = fields.number(JsonField.SEC);
    long usec = fields.number(JsonField.USEC);
    boolean timed = sec >= 0 && sec < MOST_SECONDS && usec >= 0 && usec < 1_000_000;
    return timed ? sec * 1_000_000 + usec : LineView.ABSENT;
  }
}

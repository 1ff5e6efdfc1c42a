package io.oomstream.format.json;

import io.oomstream.format.line.LineOutput;
import io.oomstream.format.line.LineView;
import io.oomstream.format.line.Scratch;
import io.oomstream.format.text.SyslogWords;
import io.oomstream.format.time.WallTime;
import java.util.List;

/**
 * One entry of {@code dmesg --json}: {@code pri} and {@code time} as numbers, with {@code -x} the
 * words {@code fac} and {@code pri}; {@code msg} as dmesg prints it.
 */
public final class DmesgJson implements JsonEnvelope {

  private static final List<JsonField> TIME = List.of(JsonField.TIME);
  private static final int LAST_PRIORITY = 191;

  private final JsonMessage message;
  private final JsonTime time;

  public DmesgJson(WallTime wallTime, Scratch scratch) {
    message = new JsonMessage(scratch);
    time = new JsonTime(wallTime);
  }

  @Override
  public void read(JsonFields fields, LineView view, long recordMs, LineOutput out) {
    long priority = fields.number(JsonField.PRI);
    if (priority >= 0 && priority <= LAST_PRIORITY) {
      view.facility = (int) (priority >> 3);
      view.level = (int) (priority & 7);
    } else {
      view.facility = fields.word(JsonField.FAC, SyslogWords::facility);
      view.level = fields.word(JsonField.PRI, SyslogWords::level);
    }
    if (fields.kind(JsonField.TIME) == JsonFields.Kind.NUMBER) {
      view.kernelTimeUs =
          JsonTime.seconds(
              fields.bytes(), fields.start(JsonField.TIME), fields.end(JsonField.TIME));
    } else {
      view.wallTimeUs = time.read(fields, TIME, recordMs);
    }
    fields.setName(JsonField.CALLER, view.caller);
    if (message.read(fields, JsonField.MSG, view)) {
      out.emit(view);
    } else {
      out.undecodable("an entry of dmesg without msg");
    }
  }
}

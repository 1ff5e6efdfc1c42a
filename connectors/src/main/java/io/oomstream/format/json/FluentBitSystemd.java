package io.oomstream.format.json;

import io.oomstream.format.line.LineOutput;
import io.oomstream.format.line.LineView;
import io.oomstream.format.line.Scratch;
import io.oomstream.format.time.WallTime;

/**
 * Fluent Bit's in_systemd: the journal's fields without {@code __REALTIME_TIMESTAMP}, possibly in
 * lower case ({@code lowercase}) or without underscores ({@code strip_underscores}); the time is
 * the shipper's.
 */
public final class FluentBitSystemd implements JsonEnvelope {

  private final JournalFields journal;
  private final JsonTime time;

  public FluentBitSystemd(WallTime wallTime, Scratch scratch) {
    journal = new JournalFields(scratch);
    time = new JsonTime(wallTime);
  }

  @Override
  public void read(JsonFields fields, LineView view, long recordMs, LineOutput out) {
    boolean own = fields.has(JsonField.HOSTNAME);
    fields.setName(own ? JsonField.HOSTNAME : JsonField.HOST, view.host);
    view.wallTimeUs = time.read(fields, recordMs);
    journal.read(fields, view, out);
  }
}

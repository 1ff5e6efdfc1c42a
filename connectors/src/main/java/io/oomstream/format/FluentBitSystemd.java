package io.oomstream.format;

/**
 * Fluent Bit's in_systemd: the journal's fields without {@code __REALTIME_TIMESTAMP}, perhaps in
 * small letters ({@code lowercase}) or without underscores ({@code strip_underscores}); the time is
 * the shipper's.
 */
final class FluentBitSystemd implements JsonForm {

  private final JournalFields journal;
  private final JsonTime time;

  FluentBitSystemd(WallTime wallTime, Scratch scratch) {
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

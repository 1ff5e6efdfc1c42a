package io.oomstream.format;

/**
 * {@code journalctl -o json}: one object an entry. Entries of programs that hold no message are
 * read and yield no line; one of the kernel without a message is a failure.
 */
final class JournaldJson implements JsonForm {

  private final JournalFields journal;

  JournaldJson(Scratch scratch) {
    journal = new JournalFields(scratch);
  }

  @Override
  public void read(JsonFields fields, LineView view, long recordMs, LineOutput out) {
    if (fields.hasExact(JsonField.HOSTNAME)) {
      fields.setName(JsonField.HOSTNAME, view.host);
    }
    long time = fields.hasExact(JsonField.REALTIME) ? fields.number(JsonField.REALTIME) : -1;
    view.wallTimeUs = time < 0 ? LineView.ABSENT : time;
    journal.read(fields, view, out);
  }
}

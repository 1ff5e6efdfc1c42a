package io.oomstream.format.json;

import io.oomstream.format.line.LineOutput;
import io.oomstream.format.line.LineView;
import io.oomstream.format.line.Scratch;

/**
 * {@code journalctl -o json}: one object for each entry. A program's entry without a message gives
 * no line; a kernel entry without a message is a failure.
 */
public final class JournaldJson implements JsonEnvelope {

  private final JournalFields journal;

  public JournaldJson(Scratch scratch) {
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

package io.oomstream.format;

import static io.oomstream.format.Ascii.is;

/** A record of JSON objects, one or several after each other, to their lines. */
final class JsonRecord {

  private final Forms forms;
  private final EnvelopeDetector detector;
  private final JsonScanner scanner = new JsonScanner();
  private final JsonFields fields = new JsonFields();
  private final LineView view = new LineView();

  JsonRecord(Forms forms, EnvelopeDetector detector) {
    this.forms = forms;
    this.detector = detector;
  }

  /**
   * What is not well formed is stepped over up to its line's end, so that one broken object costs
   * only itself.
   *
   * @param pinned {@link Envelope#AUTO} to tell by the fields, object by object
   */
  void decode(byte[] value, int start, Envelope pinned, LineOutput out) {
    int at = JsonScanner.skipSpace(value, start);
    while (at < value.length) {
      if (!is(value, at, value.length, '{')) {
        out.undecodable("not a JSON object", at);
        at = nextLine(value, at);
      } else if (scanner.readObject(value, at, fields)) {
        read(pinned, out);
        at = scanner.position();
      } else {
        out.undecodable("broken JSON", scanner.position());
        at = nextLine(value, Math.max(at, scanner.position()));
      }
      at = JsonScanner.skipSpace(value, at);
    }
  }

  private void read(Envelope pinned, LineOutput out) {
    Envelope envelope = pinned == Envelope.AUTO ? detector.json(fields) : pinned;
    JsonForm form = envelope == null ? null : forms.json(envelope);
    if (envelope == null || form == null) {
      out.undecodable("JSON with the fields of no envelope we know");
      return;
    }
    out.envelope(envelope);
    view.clear();
    form.read(fields, view, out);
  }

  private static int nextLine(byte[] value, int at) {
    int newline = Ascii.indexOf(value, at, value.length, '\n');
    return newline < 0 ? value.length : newline + 1;
  }
}

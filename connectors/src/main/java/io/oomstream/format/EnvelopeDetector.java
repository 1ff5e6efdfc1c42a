package io.oomstream.format;

import org.jspecify.annotations.Nullable;

/** Tells by its shape what a record, or one object of it, is. */
final class EnvelopeDetector {

  /** In the order of asking: the later ones would take what belongs to the earlier. */
  private static final Envelope[] TEXT_FORMS = {
    Envelope.KMSG, Envelope.RFC5424, Envelope.RFC3164, Envelope.DMESG
  };

  private final Forms forms;

  EnvelopeDetector(Forms forms) {
    this.forms = forms;
  }

  /**
   * A text record is what its first line with a prefix is; without any it is a console's.
   *
   * @param first gets that line, read; its {@code lineStart} stays -1 if there is none
   */
  Envelope text(byte[] value, int start, long recordMs, FirstLine first) {
    first.lineStart = -1;
    int from = start;
    while (from < value.length) {
      int newline = Ascii.indexOf(value, from, value.length, '\n');
      int after = newline < 0 ? value.length : newline;
      int end = after > from && value[after - 1] == '\r' ? after - 1 : after;
      Envelope found = end > from ? line(value, from, end, recordMs, first.view) : null;
      if (found != null) {
        first.lineStart = from;
        return found;
      }
      from = after + 1;
    }
    return Envelope.DMESG;
  }

  private @Nullable Envelope line(byte[] value, int start, int end, long recordMs, LineView probe) {
    for (Envelope envelope : TEXT_FORMS) {
      probe.clear();
      TextForm form = forms.text(envelope);
      if (form != null && form.read(value, start, end, probe, recordMs) == TextForm.Reading.LINE) {
        return envelope;
      }
    }
    return null;
  }

  /**
   * Null if it is none. A process can put any field into the journal but none that begins with an
   * underscore, so the journal's own fields decide first.
   */
  @Nullable Envelope json(JsonFields fields) {
    if (fields.hasExact(JsonField.REALTIME) || fields.hasExact(JsonField.CURSOR)) {
      return Envelope.JOURNALD_JSON;
    }
    boolean isKmsg =
        fields.has(JsonField.MSG)
            && (fields.has(JsonField.SEQUENCE) || fields.has(JsonField.SEC))
            && !fields.has(JsonField.TRANSPORT);
    if (isKmsg) {
      return Envelope.FLUENT_BIT_KMSG;
    }
    boolean isJournal =
        fields.has(JsonField.TRANSPORT)
            || fields.has(JsonField.BOOT_ID)
            || fields.has(JsonField.SYSLOG_FACILITY)
            || fields.has(JsonField.SYSLOG_IDENTIFIER)
            || fields.has(JsonField.SOURCE_MONOTONIC)
            || fields.has(JsonField.SOURCE_BOOTTIME);
    if (!isJournal) {
      return null;
    }
    boolean stamped =
        fields.has(JsonField.AT_TIMESTAMP)
            || fields.has(JsonField.DATE)
            || fields.has(JsonField.TIMESTAMP);
    boolean exact = fields.hasExact(JsonField.TRANSPORT) || fields.hasExact(JsonField.BOOT_ID);
    return exact && !stamped ? Envelope.JOURNALD_JSON : Envelope.FLUENT_BIT_SYSTEMD;
  }
}

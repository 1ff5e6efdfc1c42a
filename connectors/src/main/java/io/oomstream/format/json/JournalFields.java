package io.oomstream.format.json;

import io.oomstream.bytes.Ascii;
import io.oomstream.format.line.LineOutput;
import io.oomstream.format.line.LineView;
import io.oomstream.format.line.Scratch;
import io.oomstream.format.text.SyslogTail;

/** Reads the journal's own fields, of any shipper. */
final class JournalFields {

  private static final byte[] KERNEL = Ascii.literal("kernel");
  private static final int LAST_LEVEL = 7;
  private static final int LAST_FACILITY = 127;

  private final JsonMessage message;

  JournalFields(Scratch scratch) {
    message = new JsonMessage(scratch);
  }

  /** Fills the view except for host and wall time, and hands it on. */
  void read(JsonFields fields, LineView view, LineOutput out) {
    boolean isUser = fields.has(JsonField.TRANSPORT) && !fields.is(JsonField.TRANSPORT, KERNEL);
    fields.setName(JsonField.BOOT_ID, view.bootId);
    view.facility = facility(fields, isUser);
    if (view.facility == 0 && (!fields.has(JsonField.TRANSPORT) || fields.isOfContainer())) {
      view.facility = -1;
    }
    long level = fields.number(JsonField.PRIORITY);
    view.level = level > LAST_LEVEL ? -1 : (int) level;
    long time = fields.number(JsonField.SOURCE_MONOTONIC);
    time = time < 0 ? fields.number(JsonField.SOURCE_BOOTTIME) : time;
    view.kernelTimeUs = time < 0 ? LineView.ABSENT : time;
    if (message.read(fields, JsonField.MESSAGE, view)) {
      out.emit(view);
    } else if (!isUser) {
      out.undecodable(why(fields.kind(JsonField.MESSAGE)));
    }
  }

  /**
   * Only journald itself writes the transport. So a line that is not from /dev/kmsg is not the
   * kernel's, whatever its facility. Without the transport the facility proves nothing, because any
   * program can write {@code SYSLOG_FACILITY}.
   */
  private static int facility(JsonFields fields, boolean isUser) {
    long facility = fields.number(JsonField.SYSLOG_FACILITY);
    int known = facility > LAST_FACILITY ? -1 : (int) facility;
    return isUser && known <= 0 ? SyslogTail.USER : known;
  }

  private static String why(JsonFields.Kind kind) {
    return switch (kind) {
      case NONE -> "a journal entry without MESSAGE";
      case NULL -> "MESSAGE is null: journalctl leaves long messages out unless run with --all";
      default -> "MESSAGE is neither text nor an array of bytes";
    };
  }
}

package io.oomstream.format.json;

import io.oomstream.bytes.Ascii;
import io.oomstream.format.line.LineOutput;
import io.oomstream.format.line.LineView;
import io.oomstream.format.line.Scratch;
import io.oomstream.format.text.CriParts;
import io.oomstream.format.text.InnerText;
import io.oomstream.format.text.SyslogTail;
import io.oomstream.format.text.SyslogWords;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The objects of a shipper with its own field names ({@link ShipperFields}) for lines from the
 * journal, from syslog or from a file.
 *
 * <p>The journal's transport shows who wrote the line, otherwise the facility and the program's
 * name together. A facility 0 with another name than the kernel's is a program's line, unless it is
 * a whole line of a log file that a daemon read. A facility 0 without a name can be a datagram of
 * any program. Without all of these the message can be a line of a file with its own prefix.
 */
public final class ShipperJson implements JsonEnvelope {

  private static final byte[] KERNEL = Ascii.literal("kernel");
  private static final int LAST_LEVEL = 7;
  private static final int LAST_PRIORITY = 191;
  private static final int LAST_FACILITY = 127;

  private enum Writer {
    KERNEL,
    /** Looks like the kernel's, but nothing proves it. */
    CLAIMED,
    PROGRAM,
    UNKNOWN
  }

  private final ShipperFields names;
  private final JsonTime time;
  private final InnerText inner;
  private final JsonMessage message;
  private final SyslogTail tail = new SyslogTail(new Scratch());

  public ShipperJson(ShipperFields names, JsonTime time, InnerText inner, Scratch scratch) {
    this.names = names;
    this.time = time;
    this.inner = inner;
    message = new JsonMessage(scratch);
  }

  @Override
  public void read(JsonFields fields, LineView view, long recordMs, LineOutput out) {
    Writer writer = header(fields, view, recordMs);
    JsonField text = fields.first(names.message());
    if (text == null || !message.read(fields, text, view)) {
      if (writer != Writer.PROGRAM) {
        out.undecodable(text == null ? "no message" : "the message is not text");
      }
      return;
    }
    if (fields.has(JsonField.SYSLOG_NG_KMSG_TIME)
        || fields.has(JsonField.USEC)
        || fields.is(JsonField.INPUTNAME, JsonScanner.IMKMSG)) {
      message.unescapeKmsg(view);
    } else if (names.escapesBytes()) {
      message.unescapeBytes(view);
    }
    switch (writer) {
      case KERNEL, CLAIMED -> {
        if (names.blankBeforeMessage()) {
          tail.kernelMessage(view.text, view.textStart, view.textEnd, view);
        } else {
          tail.kernelText(view.text, view.textStart, view.textEnd, view);
        }
        out.emit(view);
      }
      case PROGRAM -> {
        if (fields.first(names.transport()) == null && inner.isWholeLine(view, recordMs)) {
          view.facility = -1;
          inner.emit(view, recordMs, out);
        } else {
          out.emit(view);
        }
      }
      case UNKNOWN -> {
        if (fields.isPart()) {
          view.textEnd = CriParts.wholeWords(view.text, view.textStart, view.textEnd);
        }
        inner.emit(view, recordMs, out);
      }
    }
  }

  private Writer header(JsonFields fields, LineView view, long recordMs) {
    setName(fields, names.host(), view.host);
    setName(fields, names.bootId(), view.bootId);
    view.wallTimeUs = time.read(fields, names.time(), recordMs);
    view.kernelTimeUs = absentIfNegative(number(fields, names.kernelTime()));
    if (view.kernelTimeUs == LineView.ABSENT) {
      view.kernelTimeUs = FluentBitKmsg.kernelTimeUs(fields);
    }
    boolean kmsg = fields.has(JsonField.SYSLOG_NG_KMSG_TIME);
    long sequence = kmsg ? fields.number(JsonField.MSGID) : number(fields, names.sequence());
    view.sequence = absentIfNegative(sequence);
    facilityAndLevel(fields, view);
    Writer writer = writer(fields, view.facility);
    if (writer == Writer.PROGRAM && view.facility <= 0) {
      view.facility = SyslogTail.USER;
    }
    if (view.facility == 0 && (writer == Writer.CLAIMED || fields.isOfContainer())) {
      view.facility = -1;
    }
    return writer;
  }

  private void facilityAndLevel(JsonFields fields, LineView view) {
    JsonField facility = fields.first(names.facility());
    if (facility != null) {
      long number = fields.number(facility);
      view.facility =
          number >= 0 && number <= LAST_FACILITY
              ? (int) number
              : fields.word(facility, SyslogWords::facility);
    }
    JsonField level = fields.first(names.level());
    if (level != null) {
      long number = fields.number(level);
      view.level =
          number >= 0 && number <= LAST_LEVEL
              ? (int) number
              : fields.word(level, SyslogWords::level);
    }
    long priority = number(fields, names.priority());
    if (priority >= 0 && priority <= LAST_PRIORITY) {
      view.facility = view.facility < 0 ? (int) (priority >> 3) : view.facility;
      view.level = view.level < 0 ? (int) (priority & 7) : view.level;
    }
  }

  private Writer writer(JsonFields fields, int facility) {
    JsonField transport = fields.first(names.transport());
    if (transport != null) {
      return fields.is(transport, KERNEL) ? Writer.KERNEL : Writer.PROGRAM;
    }
    JsonField program = fields.first(names.program());
    if (program != null && fields.end(program) > fields.start(program)) {
      boolean kernel = isKernel(fields, program);
      return !kernel ? Writer.PROGRAM : names.nameProves() ? Writer.KERNEL : Writer.CLAIMED;
    }
    if (facility != 0) {
      return facility < 0 ? Writer.UNKNOWN : Writer.PROGRAM;
    }
    // The field is from the options: the user vouches for it.
    return fields.has(JsonField.OWN_FACILITY) ? Writer.KERNEL : Writer.CLAIMED;
  }

  /** {@code kernel}, or as a tag {@code kernel:}. */
  private static boolean isKernel(JsonFields fields, JsonField program) {
    int end = fields.end(program);
    boolean tag = end > fields.start(program) && fields.bytes()[end - 1] == ':';
    return SyslogTail.isKernel(fields.bytes(), fields.start(program), tag ? end - 1 : end);
  }

  private static void setName(JsonFields fields, List<JsonField> names, LineView.Span into) {
    JsonField field = fields.first(names);
    if (field != null) {
      fields.setName(field, into);
    }
  }

  private static long number(JsonFields fields, List<JsonField> names) {
    @Nullable JsonField field = fields.first(names);
    return field == null ? -1 : fields.number(field);
  }

  private static long absentIfNegative(long number) {
    return number < 0 ? LineView.ABSENT : number;
  }
}

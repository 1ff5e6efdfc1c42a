package io.oomstream.format;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A log record of OpenTelemetry to a line. The body is a map of the journal's fields (the
 * collector's journald receiver), a journal entry as JSON (Alloy with {@code format_as_json}), the
 * text of a syslog or journal message whose header became attributes, or a file's line.
 */
final class OtlpLine {

  private static final byte[] KERNEL = Ascii.literal("kernel");
  private static final int LAST_LEVEL = 7;
  private static final int LAST_FACILITY = 127;

  private final Forms forms;
  private final EnvelopeDetector detector;
  private final JsonScanner scanner = new JsonScanner(new OwnFields(FieldNames.NONE));
  private final JsonFields fields = new JsonFields();
  private final InnerText inner;
  private final SyslogTail tail = new SyslogTail(new Scratch());
  private final LineView view = new LineView();
  private final LineView outer = new LineView();

  OtlpLine(Forms forms, EnvelopeDetector detector) {
    this.forms = forms;
    this.detector = detector;
    inner = new InnerText(forms.texts());
  }

  void emit(OtlpEntry entry, long recordMs, LineOutput out) {
    view.clear();
    // The journald receiver's body, or what the syslog receiver parsed out of its body.
    byte[] message = value(entry, "MESSAGE", "message");
    byte[] text = message != null ? message : entry.body();
    header(entry, view);
    int start = Ascii.skipBlanks(text, 0, text.length);
    boolean isObject = message == null && Ascii.is(text, start, text.length, '{');
    if (isObject && json(text, start, recordMs, out)) {
      return;
    }
    byte[] transport = value(entry, "_TRANSPORT", "__journal__transport");
    byte[] program = value(entry, "SYSLOG_IDENTIFIER", "appname", "__journal_syslog_identifier");
    boolean kernel = isKernel(transport != null ? transport : program);
    boolean named = transport != null || program != null;
    // A syslog receiver's name; the journal's SYSLOG_IDENTIFIER is any program's to write.
    boolean proven = kernel && (transport != null || value(entry, "appname") != null);
    if (!proven && view.facility == 0 && (kernel || !named)) {
      view.facility = -1;
    }
    if (named && !kernel) {
      view.facility = view.facility <= 0 ? SyslogTail.USER : view.facility;
    }
    view.setText(text, 0, text.length);
    if (kernel) {
      tail.kernelText(text, 0, text.length, view);
      out.emit(view);
    } else if (named || view.facility >= 0) {
      out.emit(view);
    } else {
      inner.emit(view, recordMs, out);
    }
  }

  /** The body is an object of some other envelope: it is read as such. */
  private boolean json(byte[] text, int start, long recordMs, LineOutput out) {
    if (!scanner.readObject(text, start, fields)) {
      return false;
    }
    Envelope envelope = detector.json(fields);
    JsonForm form = envelope == null ? null : forms.json(envelope);
    if (form == null) {
      return false;
    }
    outer.clear();
    outer.fillFrom(view);
    view.clear();
    // Anyone can print such an object, so that it calls itself the kernel's proves nothing.
    out.within(outer);
    form.read(fields, view, recordMs, out);
    out.within(null);
    return true;
  }

  private void header(OtlpEntry entry, LineView line) {
    set(line.host, value(entry, "_HOSTNAME", "hostname", "__journal__hostname", "host.name"));
    if (line.host.end == 0) {
      set(line.host, first(entry.resource(), "host.name", "k8s.node.name", "host.id"));
    }
    set(line.bootId, value(entry, "_BOOT_ID", "__journal__boot_id"));
    line.wallTimeUs = entry.timeNs() > 0 ? entry.timeNs() / 1_000 : LineView.ABSENT;
    long kernelTime =
        number(value(entry, "_SOURCE_MONOTONIC_TIMESTAMP", "_SOURCE_BOOTTIME_TIMESTAMP"));
    line.kernelTimeUs = kernelTime < 0 ? LineView.ABSENT : kernelTime;
    byte[] facility = value(entry, "SYSLOG_FACILITY", "facility", "__journal_syslog_facility");
    long code = number(facility);
    line.facility =
        code >= 0 && code <= LAST_FACILITY
            ? (int) code
            : facility == null ? -1 : SyslogWords.facility(facility, 0, facility.length);
    long level = number(value(entry, "PRIORITY", "__journal_priority"));
    line.level = level < 0 || level > LAST_LEVEL ? -1 : (int) level;
  }

  private static boolean isKernel(byte @Nullable [] name) {
    return name != null
        && name.length == KERNEL.length
        && Ascii.startsWith(name, 0, name.length, KERNEL);
  }

  private static byte @Nullable [] value(OtlpEntry entry, String... names) {
    return first(entry.attributes(), names);
  }

  private static byte @Nullable [] first(Map<String, byte[]> values, String... names) {
    for (String name : names) {
      byte[] value = values.get(name);
      if (value != null && value.length > 0) {
        return value;
      }
    }
    return null;
  }

  private static void set(LineView.Span span, byte @Nullable [] value) {
    if (value != null) {
      span.set(value, 0, value.length);
    }
  }

  private static long number(byte @Nullable [] value) {
    return value == null ? -1 : Ascii.number(value, 0, value.length);
  }
}

package io.oomstream.format.otlp;

import io.oomstream.bytes.Ascii;
import io.oomstream.format.detect.EnvelopeDetector;
import io.oomstream.format.detect.EnvelopeReaders;
import io.oomstream.format.json.FieldNames;
import io.oomstream.format.json.JsonEnvelope;
import io.oomstream.format.json.JsonFields;
import io.oomstream.format.json.JsonScanner;
import io.oomstream.format.json.OwnFields;
import io.oomstream.format.line.Envelope;
import io.oomstream.format.line.LineOutput;
import io.oomstream.format.line.LineView;
import io.oomstream.format.line.Scratch;
import io.oomstream.format.text.InnerText;
import io.oomstream.format.text.SyslogTail;
import io.oomstream.format.text.SyslogWords;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A log record of OpenTelemetry to a line. The body is a map of the journal's fields (the
 * collector's journald receiver), a journal entry as JSON (Alloy with {@code format_as_json}), the
 * text of a syslog or journal message whose header became attributes, or a file's line.
 */
public final class OtlpLine {

  private static final OtlpName[] MESSAGE = {OtlpName.MESSAGE, OtlpName.MESSAGE_SMALL};
  private static final OtlpName[] TRANSPORT = {OtlpName.TRANSPORT, OtlpName.JOURNAL_TRANSPORT};
  private static final OtlpName[] PROGRAM = {
    OtlpName.IDENTIFIER, OtlpName.APPNAME, OtlpName.JOURNAL_IDENTIFIER
  };
  private static final OtlpName[] APPNAME = {OtlpName.APPNAME};
  private static final OtlpName[] HOST = {
    OtlpName.HOSTNAME, OtlpName.HOSTNAME_SMALL, OtlpName.JOURNAL_HOSTNAME, OtlpName.HOST_NAME
  };
  private static final OtlpName[] RESOURCE_HOST = {
    OtlpName.HOST_NAME, OtlpName.NODE_NAME, OtlpName.HOST_ID
  };
  private static final OtlpName[] BOOT_ID = {OtlpName.BOOT_ID, OtlpName.JOURNAL_BOOT_ID};
  private static final OtlpName[] KERNEL_TIME = {OtlpName.MONOTONIC, OtlpName.BOOTTIME};
  private static final OtlpName[] FACILITY = {
    OtlpName.SYSLOG_FACILITY, OtlpName.FACILITY, OtlpName.JOURNAL_FACILITY
  };
  private static final OtlpName[] LEVEL = {OtlpName.PRIORITY, OtlpName.JOURNAL_PRIORITY};
  private static final int LAST_LEVEL = 7;
  private static final int LAST_FACILITY = 127;

  private final EnvelopeReaders readers;
  private final EnvelopeDetector detector;
  private final JsonScanner scanner = new JsonScanner(new OwnFields(FieldNames.NONE));
  private final JsonFields fields = new JsonFields();
  private final InnerText inner;
  private final SyslogTail tail = new SyslogTail(new Scratch());
  private final LineView view = new LineView();
  private final LineView outer = new LineView();

  public OtlpLine(EnvelopeReaders readers, EnvelopeDetector detector) {
    this.readers = readers;
    this.detector = detector;
    inner = new InnerText(readers.texts());
  }

  void emit(OtlpEntry entry, long recordMs, LineOutput out) {
    view.clear();
    // The journald receiver's body, or what the syslog receiver parsed out of its body.
    LineView.Span message = entry.attributes.first(MESSAGE);
    LineView.Span text = message != null ? message : entry.body;
    header(entry, view);
    int start = Ascii.skipBlanks(text.bytes, text.start, text.end);
    boolean isObject = message == null && Ascii.is(text.bytes, start, text.end, '{');
    if (isObject && json(Arrays.copyOfRange(text.bytes, start, text.end), recordMs, out)) {
      return;
    }
    LineView.Span transport = entry.attributes.first(TRANSPORT);
    LineView.Span program = entry.attributes.first(PROGRAM);
    boolean kernel = isKernel(transport != null ? transport : program);
    boolean named = transport != null || program != null;
    // A syslog receiver's name; any program can write the journal's SYSLOG_IDENTIFIER.
    boolean proven = kernel && (transport != null || entry.attributes.first(APPNAME) != null);
    if (!proven && view.facility == 0 && (kernel || !named)) {
      view.facility = -1;
    }
    if (named && !kernel) {
      view.facility = view.facility <= 0 ? SyslogTail.USER : view.facility;
    }
    view.setText(text.bytes, text.start, text.end);
    if (kernel) {
      tail.kernelText(text.bytes, text.start, text.end, view);
      out.emit(view);
    } else if (named || view.facility >= 0) {
      out.emit(view);
    } else {
      inner.emit(view, recordMs, out);
    }
  }

  /** Reads a body that is an object of another envelope. */
  private boolean json(byte[] text, long recordMs, LineOutput out) {
    if (!scanner.readObject(text, 0, fields)) {
      return false;
    }
    Envelope envelope = detector.json(fields);
    JsonEnvelope reader = envelope == null ? null : readers.json(envelope);
    if (reader == null) {
      return false;
    }
    outer.clear();
    outer.fillFrom(view);
    view.clear();
    // Anyone can print such an object, so a kernel facility in it proves nothing.
    out.within(outer);
    reader.read(fields, view, recordMs, out);
    out.within(null);
    return true;
  }

  private void header(OtlpEntry entry, LineView line) {
    set(line.host, entry.attributes.first(HOST));
    if (line.host.end == 0) {
      set(line.host, entry.resource.first(RESOURCE_HOST));
    }
    set(line.bootId, entry.attributes.first(BOOT_ID));
    long timeNs = entry.time();
    line.wallTimeUs = timeNs > 0 ? timeNs / 1_000 : LineView.ABSENT;
    long kernelTime = number(entry.attributes.first(KERNEL_TIME));
    line.kernelTimeUs = kernelTime < 0 ? LineView.ABSENT : kernelTime;
    LineView.Span facility = entry.attributes.first(FACILITY);
    long code = number(facility);
    line.facility =
        code >= 0 && code <= LAST_FACILITY
            ? (int) code
            : facility == null
                ? -1
                : SyslogWords.facility(facility.bytes, facility.start, facility.end);
    long level = number(entry.attributes.first(LEVEL));
    line.level = level < 0 || level > LAST_LEVEL ? -1 : (int) level;
  }

  private static boolean isKernel(LineView.@Nullable Span name) {
    return name != null && SyslogTail.isKernel(name.bytes, name.start, name.end);
  }

  private static void set(LineView.Span span, LineView.@Nullable Span value) {
    if (value != null) {
      span.set(value.bytes, value.start, value.end);
    }
  }

  private static long number(LineView.@Nullable Span value) {
    return value == null ? -1 : Ascii.number(value.bytes, value.start, value.end);
  }
}

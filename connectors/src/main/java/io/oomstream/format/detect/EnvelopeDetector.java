package io.oomstream.format.detect;

import io.oomstream.bytes.Ascii;
import io.oomstream.format.json.JsonField;
import io.oomstream.format.json.JsonFields;
import io.oomstream.format.line.Envelope;
import io.oomstream.format.text.FirstLine;
import io.oomstream.format.text.TextEnvelopes;
import org.jspecify.annotations.Nullable;

/** Detects the envelope of a record, or of one object of it, by its shape. */
public final class EnvelopeDetector {

  private static final byte[] CURSOR = Ascii.literal("__CURSOR=");
  private static final byte[] REALTIME = Ascii.literal("__REALTIME_TIMESTAMP=");

  private final TextEnvelopes envelopes;

  public EnvelopeDetector(TextEnvelopes envelopes) {
    this.envelopes = envelopes;
  }

  /**
   * The first line with a prefix decides; a record without any is a console's.
   *
   * @param first gets that line; its {@code lineStart} stays -1 if there is none
   */
  public Envelope text(byte[] value, int start, long recordMs, FirstLine first) {
    first.lineStart = -1;
    int from = start;
    while (from < value.length) {
      int newline = Ascii.indexOf(value, from, value.length, '\n');
      int after = newline < 0 ? value.length : newline;
      int end = after > from && value[after - 1] == '\r' ? after - 1 : after;
      Envelope found = end > from ? envelopes.read(value, from, end, first.view, recordMs) : null;
      if (found != null) {
        first.lineStart = from;
        first.lineEnd = after;
        return found;
      }
      from = after + 1;
    }
    return Envelope.DMESG;
  }

  /** Whether this is {@code journalctl -o export}, whose entries begin with these fields. */
  public static boolean isExport(byte[] value, int start) {
    return Ascii.startsWith(value, start, value.length, CURSOR)
        || Ascii.startsWith(value, start, value.length, REALTIME);
  }

  /**
   * Null if no envelope matches. Fields that only one shipper writes decide: first its own name of
   * the source, then the journal's fields that begin with underscores, which no process can write.
   */
  @Nullable
  public Envelope json(JsonFields fields) {
    if (fields.has(JsonField.OWN_MESSAGE)) {
      return Envelope.CUSTOM_JSON;
    }
    Envelope shipper = shipper(fields);
    if (shipper != null) {
      return shipper;
    }
    Envelope journal = journal(fields);
    return journal != null ? journal : syslog(fields);
  }

  private static @Nullable Envelope shipper(JsonFields fields) {
    if (fields.has(JsonField.RESOURCE_LOGS) || fields.has(JsonField.RESOURCE_LOGS_SNAKE)) {
      return Envelope.OTLP_JSON;
    }
    if (fields.kind(JsonField.DMESG) == JsonFields.Kind.ARRAY) {
      return Envelope.DMESG_JSON;
    }
    if (fields.has(JsonField.SHORT_MESSAGE)) {
      return Envelope.GELF;
    }
    if (fields.has(JsonField.SOURCE_TYPE) && fields.has(JsonField.MESSAGE)) {
      return Envelope.VECTOR;
    }
    boolean beat =
        fields.has(JsonField.METADATA_BEAT)
            || fields.has(JsonField.AGENT_TYPE)
            || fields.has(JsonField.BEAT_NAME)
            || fields.has(JsonField.BEAT_HOSTNAME)
            || fields.has(JsonField.SYSTEMD_TRANSPORT)
            || (fields.has(JsonField.INPUT_TYPE) && fields.has(JsonField.ECS_VERSION));
    if (beat) {
      return Envelope.FILEBEAT;
    }
    boolean syslogNg =
        fields.has(JsonField.SYSLOG_NG_KMSG_TIME)
            || fields.has(JsonField.SYSLOG_NG_TRANSPORT)
            || fields.has(JsonField.SYSLOG_NG_BOOT_ID);
    return syslogNg ? Envelope.SYSLOG_NG_JSON : null;
  }

  private static @Nullable Envelope journal(JsonFields fields) {
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
    if (fields.has(JsonField.TIMEREPORTED) || fields.has(JsonField.TIMEGENERATED)) {
      return Envelope.RSYSLOG_JSON;
    }
    boolean stamped =
        fields.has(JsonField.AT_TIMESTAMP)
            || fields.has(JsonField.DATE)
            || fields.has(JsonField.TIMESTAMP);
    boolean exact = fields.hasExact(JsonField.TRANSPORT) || fields.hasExact(JsonField.BOOT_ID);
    return exact && !stamped ? Envelope.JOURNALD_JSON : Envelope.FLUENT_BIT_SYSTEMD;
  }

  private static @Nullable Envelope syslog(JsonFields fields) {
    boolean text = fields.has(JsonField.MESSAGE);
    if (text && fields.has(JsonField.AT_VERSION) && !isRsyslog(fields)) {
      return Envelope.LOGSTASH;
    }
    if (text && fields.has(JsonField.EVENT_ORIGINAL)) {
      return Envelope.LOGSTASH;
    }
    if (text && fields.has(JsonField.IDENT)) {
      return Envelope.FLUENT_BIT_SYSLOG;
    }
    if ((text || fields.has(JsonField.MSG)) && isRsyslog(fields)) {
      return Envelope.RSYSLOG_JSON;
    }
    if (text && (fields.has(JsonField.PROGRAM) || isMacros(fields)) && fields.has(JsonField.HOST)) {
      return Envelope.SYSLOG_NG_JSON;
    }
    if (fields.kind(JsonField.LOG) == JsonFields.Kind.STRING) {
      return Envelope.FLUENT_BIT_TAIL;
    }
    boolean generic =
        text
            && (fields.has(JsonField.FACILITY)
                || fields.has(JsonField.SEVERITY)
                || fields.has(JsonField.TAG)
                || fields.has(JsonField.HOST)
                || fields.has(JsonField.HOSTNAME));
    return generic ? Envelope.RSYSLOG_JSON : null;
  }

  /** syslog-ng's macros of a line without a program's name. */
  private static boolean isMacros(JsonFields fields) {
    return fields.has(JsonField.FACILITY)
        && fields.has(JsonField.PRIORITY)
        && (fields.has(JsonField.DATE) || fields.has(JsonField.ISODATE));
  }

  private static boolean isRsyslog(JsonFields fields) {
    return fields.has(JsonField.TIMEREPORTED)
        || fields.has(JsonField.TIMEGENERATED)
        || fields.has(JsonField.FROMHOST)
        || fields.has(JsonField.SYSLOGTAG)
        || fields.has(JsonField.PROGRAMNAME)
        || fields.has(JsonField.SEQUNUM);
  }
}

package io.oomstream.format;

import io.oomstream.format.line.Envelope;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * Writes a log line in each envelope, as that envelope's writer does.
 *
 * @param text Latin-1, one char for one byte
 */
public record EnvelopeWriter(
    String host,
    String bootId,
    long wallTimeUs,
    long kernelTimeUs,
    long sequence,
    int priority,
    String caller,
    String text,
    Author author) {

  /** Who wrote the line. */
  public enum Author {
    KERNEL,
    /** {@code logger -p kern.err -t app}: logger and syslog(3) make the facility user's. */
    LOGGER,
    /** A datagram of a program's own making, that claims facility 0 and has no name. */
    NAMELESS,
    /** A write to /dev/kmsg, {@code <3>…}: the kernel makes the facility user's. */
    DEV_KMSG;

    /** Whether the envelope's source ever sees such a line: a reader of /dev/kmsg has no syslog. */
    public boolean reaches(Envelope envelope) {
      return switch (envelope) {
        case AUTO, KMSG, DMESG, DMESG_JSON, FLUENT_BIT_KMSG -> this == KERNEL || this == DEV_KMSG;
        default -> true;
      };
    }
  }

  /** A line of the kernel; of a program if the facility is not the kernel's. */
  public EnvelopeWriter(
      String host,
      String bootId,
      long wallTimeUs,
      long kernelTimeUs,
      long sequence,
      int priority,
      String caller,
      String text) {
    this(
        host,
        bootId,
        wallTimeUs,
        kernelTimeUs,
        sequence,
        priority,
        caller,
        text,
        priority < 8 ? Author.KERNEL : Author.LOGGER);
  }

  /** The same line as if that author had written it at level err. */
  public EnvelopeWriter by(Author newAuthor) {
    boolean user = newAuthor == Author.LOGGER || newAuthor == Author.DEV_KMSG;
    return new EnvelopeWriter(
        host, bootId, wallTimeUs, kernelTimeUs, sequence, user ? 11 : 3, caller, text, newAuthor);
  }

  private static final DateTimeFormatter SYSLOG =
      DateTimeFormatter.ofPattern("MMM ppd HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);

  private static final DateTimeFormatter ISO_MICROS =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSSSS'Z'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private static final String[] FACILITIES = {"kern", "user", "mail", "daemon"};
  private static final String[] LEVELS = {
    "emerg", "alert", "crit", "err", "warning", "notice", "info", "debug"
  };

  /** The record's bytes; {@code AUTO} is the kernel's own form. */
  public byte[] in(Envelope envelope) {
    return switch (envelope) {
      case JOURNALD_EXPORT -> export();
      case OTLP_PROTO -> otlpProto();
      default -> bytes(textOf(envelope));
    };
  }

  private String textOf(Envelope envelope) {
    String stamp = "[" + String.format("%12s", seconds()) + "]";
    String program = author == Author.LOGGER ? "app" : "kernel";
    boolean named = author != Author.NAMELESS;
    return switch (envelope) {
      case KMSG, AUTO ->
          priority
              + ","
              + sequence
              + ","
              + kernelTimeUs
              + ",-"
              + (caller.isEmpty() ? "" : ",caller=" + caller)
              + ";"
              + kmsg();
      case DMESG ->
          stamp
              + (caller.isEmpty() ? "" : String.format("[%6s]", caller))
              + " "
              + text.replace("\n", "\n" + stamp + " ");
      case RFC3164 ->
          "<"
              + priority
              + ">"
              + SYSLOG.format(wall())
              + " "
              + (named ? host + " " + program + ": " + stamp + " " : "")
              + syslog();
      case RFC5424 ->
          "<"
              + priority
              + ">1 "
              + iso()
              + " "
              + host
              + " "
              + (named ? program : "-")
              + " - - - "
              + (named ? stamp + " " : "")
              + syslog();
      case CRI -> iso() + " stdout F " + stamp + " " + text;
      case JOURNALD_JSON ->
          "{\"__CURSOR\":\"s=1;i=2\",\"__REALTIME_TIMESTAMP\":\""
              + wallTimeUs
              + "\","
              + journal()
              + "\"MESSAGE\":"
              + byteArray()
              + "}";
      case FLUENT_BIT_KMSG ->
          "{\"@timestamp\":"
              + wallSeconds()
              + ",\"priority\":"
              + (priority & 7)
              + ",\"sequence\":"
              + sequence
              + ",\"sec\":"
              + kernelTimeUs / 1_000_000
              + ",\"usec\":"
              + kernelTimeUs % 1_000_000
              + ",\"host\":\""
              + host
              + "\",\"msg\":"
              + json(kmsg())
              + "}";
      case FLUENT_BIT_SYSTEMD ->
          "{\"@timestamp\":\"" + iso() + "\"," + journal() + "\"MESSAGE\":" + json(text) + "}";
      case FLUENT_BIT_SYSLOG ->
          "{\"@timestamp\":\""
              + iso()
              + "\",\"pri\":\""
              + priority
              + "\",\"time\":\""
              + SYSLOG.format(wall())
              + "\",\"host\":\""
              + host
              + "\""
              + (named ? ",\"ident\":\"" + program + "\"" : "")
              + ",\"message\":"
              + json(stamp + " " + syslog())
              + "}";
      case FLUENT_BIT_TAIL ->
          "{\"log\":"
              + json(
                  SYSLOG.format(wall())
                      + " "
                      + (named ? host + " " + program + ": " + stamp + " " : "")
                      + syslog()
                      + "\n")
              + ",\"@timestamp\":\""
              + iso()
              + "\"}";
      case VECTOR ->
          "{\"host\":\""
              + host
              + "\",\"message\":"
              + json(text)
              + ",\"timestamp\":\""
              + iso()
              + "\",\"source_type\":\"journald\",\"__MONOTONIC_TIMESTAMP\":\"1\",\"__REALTIME_TIMESTAMP\":\""
              + wallTimeUs
              + "\","
              + vectorJournal()
              + "}";
      case FILEBEAT ->
          "{\"@timestamp\":\""
              + Instant.ofEpochMilli(wallTimeUs / 1000)
              + "\",\"@metadata\":{\"beat\":\"filebeat\",\"type\":\"_doc\"},\"message\":"
              + json(text)
              + ",\"input\":{\"type\":\"journald\"},\"host\":{\"hostname\":\""
              + host
              + "\",\"id\":\"m1\"},\"journald\":{\"host\":{\"boot_id\":\""
              + bootId
              + "\"},\"custom\":{\"source_boottime_timestamp\":\""
              + kernelTimeUs
              + "\"}},\"systemd\":{\"transport\":\""
              + transport()
              + "\"},\"log\":{\"syslog\":{\"priority\":"
              + (priority & 7)
              + ",\"appname\":\""
              + program
              + "\",\"facility\":{\"code\":"
              + facility()
              + "}}},\"agent\":{\"type\":\"filebeat\"}}";
      case RSYSLOG_JSON ->
          "{\"message\":"
              + json(" " + stamp + " " + syslog())
              + ",\"fromhost\":\""
              + host
              + "\",\"facility\":\""
              + FACILITIES[facility()]
              + "\",\"priority\":\""
              + LEVELS[priority & 7]
              + "\",\"timereported\":\""
              + iso()
              + "\",\"timegenerated\":\""
              + iso()
              + "\""
              + (named
                  ? ",\"programname\":\"" + program + "\",\"procid\":\"-\",\"msgid\":\"-\""
                  : "")
              + "}";
      case SYSLOG_NG_JSON ->
          "{"
              + (transport().equals("kernel")
                  ? "\"_linux\":{\"timestamp\":\""
                      + kernelTimeUs
                      + "\"},\"MSGID\":\""
                      + sequence
                      + "\","
                  : "")
              + "\"PROGRAM\":\""
              + (named ? program : "")
              + "\",\"PRIORITY\":\""
              + LEVELS[priority & 7]
              + "\",\"MESSAGE\":"
              + json(transport().equals("kernel") ? kmsg() : text)
              + ",\"ISODATE\":\""
              + iso()
              + "\",\"HOST\":\""
              + host
              + "\",\"FACILITY\":\""
              + FACILITIES[facility()]
              + "\"}";
      case LOGSTASH ->
          "{\"@version\":\"1\",\"@timestamp\":\""
              + iso()
              + "\",\"message\":"
              + json(stamp + " " + text)
              + ",\"host\":{\"hostname\":\""
              + host
              + "\"},"
              + (named ? "\"process\":{\"name\":\"" + program + "\"}," : "")
              + "\"log\":{\"syslog\":{\"priority\":"
              + priority
              + ",\"facility\":{\"code\":"
              + facility()
              + "},\"severity\":{\"code\":"
              + (priority & 7)
              + "}}}}";
      case GELF ->
          "{\"version\":\"1.1\",\"host\":\""
              + host
              + "\",\"short_message\":"
              + json(text)
              + ",\"timestamp\":"
              + wallSeconds()
              + ",\"level\":"
              + (priority & 7)
              + ",\"_BOOT_ID\":\""
              + bootId
              + "\",\"_SYSLOG_FACILITY\":\""
              + facility()
              + (named
                  ? "\",\"_TRANSPORT\":\"" + transport()
                  : "\",\"_SYSLOG_IDENTIFIER\":\"kernel")
              + "\",\"_SOURCE_MONOTONIC_TIMESTAMP\":\""
              + kernelTimeUs
              + "\"}";
      case DMESG_JSON ->
          "{\n   \"dmesg\": [\n      {\n         \"pri\": "
              + priority
              + ",\n         \"time\": "
              + seconds()
              + (caller.isEmpty() ? "" : ",\n         \"caller\": \"" + caller + "\"")
              + ",\n         \"msg\": "
              + json(text)
              + "\n      }\n   ]\n}";
      case OTLP_JSON ->
          "{\"resourceLogs\":[{\"resource\":{\"attributes\":[{\"key\":\"host.name\",\"value\":{\"stringValue\":\""
              + host
              + "\"}}]},\"scopeLogs\":[{\"scope\":{},\"logRecords\":[{\"timeUnixNano\":\""
              + wallTimeUs
              + "000\",\"body\":{\"kvlistValue\":{\"values\":["
              + otlpJournal()
              + "]}}}]}]}]}";
      case CUSTOM_JSON -> "{\"node\":\"" + host + "\",\"line\":{\"text\":" + json(text) + "}}";
      default -> throw new IllegalArgumentException("EnvelopeWriter writes no " + envelope);
    };
  }

  private String journal() {
    return "\"_BOOT_ID\":\"" + bootId + "\",\"_HOSTNAME\":\"" + host + "\"," + vectorFields() + ",";
  }

  private String vectorJournal() {
    return "\"_BOOT_ID\":\"" + bootId + "\"," + vectorFields();
  }

  private String vectorFields() {
    return "\"_TRANSPORT\":\""
        + transport()
        + "\",\"SYSLOG_FACILITY\":\""
        + facility()
        + "\",\"PRIORITY\":\""
        + (priority & 7)
        + "\",\"_SOURCE_MONOTONIC_TIMESTAMP\":\""
        + kernelTimeUs
        + "\"";
  }

  private String otlpJournal() {
    return pair("MESSAGE", json(text))
        + ","
        + (author == Author.NAMELESS ? "" : pair("_TRANSPORT", json(transport())) + ",")
        + pair("_BOOT_ID", json(bootId))
        + ","
        + pair("_HOSTNAME", json(host))
        + ","
        + pair("SYSLOG_FACILITY", json("" + facility()))
        + ","
        + pair("PRIORITY", json("" + (priority & 7)))
        + ","
        + pair("_SOURCE_MONOTONIC_TIMESTAMP", json("" + kernelTimeUs));
  }

  private static String pair(String key, String value) {
    return "{\"key\":\"" + key + "\",\"value\":{\"stringValue\":" + value + "}}";
  }

  /** With a binary field, as for every message that is not plain text. */
  private byte[] export() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(
        bytes(
            "__CURSOR=s=1;i=2\n__REALTIME_TIMESTAMP="
                + wallTimeUs
                + "\n_BOOT_ID="
                + bootId
                + "\n_HOSTNAME="
                + host
                + "\n_TRANSPORT="
                + transport()
                + "\nSYSLOG_FACILITY="
                + facility()
                + "\nPRIORITY="
                + (priority & 7)
                + "\n_SOURCE_MONOTONIC_TIMESTAMP="
                + kernelTimeUs
                + "\nMESSAGE\n"));
    byte[] message = bytes(text);
    out.writeBytes(
        ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(message.length).array());
    out.writeBytes(message);
    out.writeBytes(bytes("\n\n"));
    return out.toByteArray();
  }

  private byte[] otlpProto() {
    byte[] body =
        concat(
            keyValue("MESSAGE", text),
            author == Author.NAMELESS ? new byte[0] : keyValue("_TRANSPORT", transport()),
            keyValue("_BOOT_ID", bootId),
            keyValue("_HOSTNAME", host),
            keyValue("SYSLOG_FACILITY", "" + facility()),
            keyValue("PRIORITY", "" + (priority & 7)),
            keyValue("_SOURCE_MONOTONIC_TIMESTAMP", "" + kernelTimeUs));
    byte[] time =
        ByteBuffer.allocate(9)
            .order(ByteOrder.LITTLE_ENDIAN)
            .put((byte) (1 << 3 | 1))
            .putLong(wallTimeUs * 1000)
            .array();
    byte[] record = concat(time, field(5, field(6, body)));
    byte[] resource = keyValue("host.name", host);
    return field(1, concat(field(1, resource), field(2, field(2, record))));
  }

  private static byte[] keyValue(String key, String value) {
    return field(1, concat(field(1, bytes(key)), field(2, field(1, bytes(value)))));
  }

  /** A field of length-delimited type. */
  public static byte[] field(int number, byte[] content) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(number << 3 | 2);
    int length = content.length;
    while (length > 127) {
      out.write(length & 127 | 128);
      length >>= 7;
    }
    out.write(length);
    out.writeBytes(content);
    return out.toByteArray();
  }

  public static byte[] concat(byte[]... parts) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      out.writeBytes(part);
    }
    return out.toByteArray();
  }

  private int facility() {
    return priority >> 3;
  }

  private String transport() {
    return author == Author.KERNEL || author == Author.DEV_KMSG ? "kernel" : "syslog";
  }

  private Instant wall() {
    return Instant.ofEpochSecond(wallTimeUs / 1_000_000, wallTimeUs % 1_000_000 * 1000);
  }

  private String iso() {
    return ISO_MICROS.format(wall());
  }

  private String wallSeconds() {
    return String.format("%d.%06d", wallTimeUs / 1_000_000, wallTimeUs % 1_000_000);
  }

  private String seconds() {
    return String.format("%d.%06d", kernelTimeUs / 1_000_000, kernelTimeUs % 1_000_000);
  }

  /** The escapes of /dev/kmsg. */
  private String kmsg() {
    StringBuilder escaped = new StringBuilder();
    for (char c : text.toCharArray()) {
      if (c < ' ' || c >= 127 || c == '\\') {
        escaped.append(String.format("\\x%02x", (int) c));
      } else {
        escaped.append(c);
      }
    }
    return escaped.toString();
  }

  private String syslog() {
    return text.replace("\n", "#012").replace("\t", "#011");
  }

  /** As shippers do that pass bytes from 0x80 on through. */
  static String json(String latin1) {
    StringBuilder out = new StringBuilder("\"");
    for (char c : latin1.toCharArray()) {
      if (c == '"' || c == '\\') {
        out.append('\\').append(c);
      } else if (c == '\n') {
        out.append("\\n");
      } else if (c < ' ') {
        out.append(String.format("\\u%04x", (int) c));
      } else {
        out.append(c);
      }
    }
    return out.append('"').toString();
  }

  private String byteArray() {
    StringBuilder array = new StringBuilder("[");
    for (byte b : bytes(text)) {
      array.append(array.length() == 1 ? "" : ",").append(b & 0xff);
    }
    return array.append(']').toString();
  }

  private static byte[] bytes(String latin1) {
    return latin1.getBytes(StandardCharsets.ISO_8859_1);
  }
}

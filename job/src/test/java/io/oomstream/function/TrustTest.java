package io.oomstream.function;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.oomstream.assemble.AssembleSettings;
import io.oomstream.event.DeadLetter;
import io.oomstream.event.EventJson;
import io.oomstream.format.EnvelopeDecoder;
import io.oomstream.format.EnvelopeWriter;
import io.oomstream.format.EnvelopeWriter.Author;
import io.oomstream.format.json.FieldNames;
import io.oomstream.format.line.Envelope;
import io.oomstream.format.line.KernelLine;
import io.oomstream.format.line.RawRecord;
import io.oomstream.kernel.Classifier;
import io.oomstream.lab.LabLogs;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * One OOM report in every envelope, written by the kernel and by those who would pass for it: what
 * the events say of who wrote it, from the record's bytes to the event.
 */
class TrustTest {

  private static final long BOOT_US = 1_795_413_600_000_000L;
  private static final FieldNames NAMES =
      FieldNames.parse(Map.of("message", "line.text", "host", "node"));
  private static final List<KernelLine> REPORT = report();

  /** What becomes of a report. */
  private enum Outcome {
    KERNEL,
    UNVERIFIED,
    /** No kill event but signals that its lines are forged. */
    SPOOFED
  }

  static Stream<Arguments> reports() {
    List<Arguments> all = new ArrayList<>();
    for (Envelope envelope : Envelope.values()) {
      for (Author author : Author.values()) {
        if (envelope != Envelope.AUTO && author.reaches(envelope)) {
          all.add(Arguments.of(envelope, author, expected(envelope, author)));
        }
      }
    }
    return all.stream();
  }

  private static Outcome expected(Envelope envelope, Author author) {
    return switch (envelope) {
      case AUTO -> throw new IllegalArgumentException();
      // The text alone: a container or a program printed it, or the facility is not shipped.
      case DMESG, CRI, FLUENT_BIT_KMSG, CUSTOM_JSON -> Outcome.UNVERIFIED;
      // A file of syslog lines has tags, but no facilities.
      case FLUENT_BIT_TAIL -> author == Author.LOGGER ? Outcome.SPOOFED : Outcome.UNVERIFIED;
      // Facility and name, where a datagram can claim the first and leave out the second.
      case RFC3164,
          FLUENT_BIT_SYSLOG,
          RSYSLOG_JSON,
          SYSLOG_NG_JSON,
          LOGSTASH,
          GELF,
          OTLP_JSON,
          OTLP_PROTO ->
          author == Author.NAMELESS ? Outcome.UNVERIFIED : byFacility(author);
      // The same, with a field for the name that is never left out.
      case RFC5424 -> byFacility(author);
      // The kernel's own word, or journald's.
      case KMSG, DMESG_JSON, JOURNALD_JSON, JOURNALD_EXPORT, FLUENT_BIT_SYSTEMD, VECTOR, FILEBEAT ->
          byFacility(author);
    };
  }

  private static Outcome byFacility(Author author) {
    return author == Author.KERNEL ? Outcome.KERNEL : Outcome.SPOOFED;
  }

  @ParameterizedTest
  @MethodSource("reports")
  void whoWroteAReportIsSaidOfItsEvents(Envelope envelope, Author author, Outcome expected)
      throws Exception {
    List<RawRecord> records = records(envelope, author);
    try (MiniJob job = job(false)) {
      run(job, records);
      List<JsonNode> kills = events(job, "KILL ");
      List<String> kinds = events(job, "SIGNAL ").stream().map(TrustTest::kind).toList();
      if (expected == Outcome.SPOOFED) {
        assertThat(kills).isEmpty();
        assertThat(kinds).isNotEmpty().containsOnly("SPOOFED_KERNEL_LINE");
      } else {
        assertThat(kills).hasSize(1);
        assertThat(kills.get(0).path("provenance").asText()).isEqualTo(expected.name());
        assertThat(kills.get(0).at("/block/unparsedLines").asInt(-1)).isZero();
        assertThat(kinds).doesNotContain("SPOOFED_KERNEL_LINE");
      }
      assertThat(job.deadLetters())
          .extracting(DeadLetter::reason)
          .doesNotContain(DeadLetter.Reason.UNPROVEN, DeadLetter.Reason.UNDECODABLE);
    }
  }

  @ParameterizedTest
  @MethodSource("reports")
  void whereProofIsRequiredOnlyProvenLinesMakeEvents(
      Envelope envelope, Author author, Outcome expected) throws Exception {
    List<RawRecord> records = records(envelope, author);
    try (MiniJob job = job(true)) {
      run(job, records);
      List<Long> refused =
          job.deadLetters().stream()
              .filter(letter -> letter.reason() == DeadLetter.Reason.UNPROVEN)
              .peek(letter -> assertThat(letter.value()).isEqualTo(valueAt(records, letter)))
              .map(DeadLetter::offset)
              .distinct()
              .toList();
      if (expected == Outcome.UNVERIFIED) {
        assertThat(job.validEvents()).isEmpty();
        assertThat(job.metric(Metrics.LINES_KEPT)).isZero();
        long dropped = job.metric(Metrics.LINES_DROPPED);
        assertThat((long) refused.size()).isGreaterThanOrEqualTo(records.size() - dropped);
        assertThat(refused).contains(killOffset());
      } else {
        assertThat(events(job, "KILL ")).hasSize(expected == Outcome.KERNEL ? 1 : 0);
        assertThat(refused).isEmpty();
      }
    }
  }

  private static byte[] valueAt(List<RawRecord> records, DeadLetter letter) {
    byte[] value = records.get((int) letter.offset() - 1).value();
    return value == null ? new byte[0] : value;
  }

  private static long killOffset() {
    return 1 + REPORT.stream().map(KernelLine::text).toList().indexOf(killLine());
  }

  private static String killLine() {
    return REPORT.stream()
        .map(KernelLine::text)
        .filter(text -> text.startsWith("Out of memory: Killed process"))
        .findFirst()
        .orElseThrow();
  }

  private static MiniJob job(boolean requireKernelFacility) throws Exception {
    return new MiniJob(1, AssembleSettings.defaults(), NAMES, requireKernelFacility, null);
  }

  private static void run(MiniJob job, List<RawRecord> records) throws Exception {
    for (RawRecord record : records) {
      job.read(record);
    }
    job.end();
  }

  private static List<JsonNode> events(MiniJob job, String type) {
    List<JsonNode> events = new ArrayList<>();
    new TreeMap<>(job.validEvents())
        .forEach(
            (id, event) -> {
              if (id.startsWith(type)) {
                events.add(
                    EventJson.parse(event.getBytes(java.nio.charset.StandardCharsets.UTF_8)));
              }
            });
    return events;
  }

  private static String kind(JsonNode signal) {
    return signal.path("kind").asText();
  }

  private static List<RawRecord> records(Envelope envelope, Author author) {
    List<RawRecord> records = new ArrayList<>();
    for (KernelLine line : REPORT) {
      long kernelUs = line.kernelTimeUs() == null ? 0 : line.kernelTimeUs();
      byte[] value =
          new EnvelopeWriter(
                  "db1",
                  "0f4c9d1e2b3a4f5e8d7c6b5a49382716",
                  BOOT_US + kernelUs,
                  kernelUs,
                  line.sequence() == null ? 0 : line.sequence(),
                  3,
                  "",
                  line.text())
              .by(author)
              .in(envelope);
      long ms = (BOOT_US + kernelUs) / 1_000;
      records.add(new RawRecord("kernel.logs", 0, records.size() + 1L, ms, null, value, Map.of()));
    }
    return records;
  }

  /** A whole report of a real kernel: the lines of it that have a meaning. */
  private static List<KernelLine> report() {
    List<KernelLine> lines = new ArrayList<>();
    EnvelopeDecoder decoder = new EnvelopeDecoder(Envelope.KMSG, 1 << 16, ZoneOffset.UTC);
    for (byte[] line : LabLogs.one("6.1.0-50-amd64", "01-global-noswap", "kmsg.log").lines()) {
      RawRecord record = new RawRecord("lab", 0, 0, 0, null, line, Map.of());
      decoder.decode(
          record,
          view -> {
            if (Classifier.classify(view.bytes(), view.start(), view.end()) != null) {
              lines.add(view.toLine(record, null));
            }
          });
    }
    return lines;
  }
}

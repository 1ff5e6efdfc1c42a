package io.oomstream.format;

import static org.assertj.core.api.Assertions.assertThat;

import io.oomstream.format.json.FieldNames;
import io.oomstream.format.line.Envelope;
import io.oomstream.format.line.KernelLine;
import io.oomstream.format.line.RawRecord;
import io.oomstream.golden.GoldenFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/** What each envelope carries, as its fixtures show it. */
class EnvelopeTableTest {

  private static final Path TABLE = Path.of("..", "docs", "ingest", "envelopes.md");

  private static final String KILL =
      "Out of memory: Killed process 7 (x) total-vm:9kB, anon-rss:9kB, file-rss:0kB, shmem-rss:0kB";

  /** So begin the names of records that pass for the kernel's but are not proven to be. */
  private static final String FORGERY = "claimed-";

  @Test
  void everyEnvelopeHasFixtures() throws IOException {
    Set<Envelope> shown = EnumSet.noneOf(Envelope.class);
    EnvelopeFixture.all().forEach(fixture -> shown.add(fixture.envelope()));
    shown.add(Envelope.AUTO);
    assertThat(shown).containsExactlyInAnyOrder(Envelope.values());
  }

  @Test
  void theTableIsUpToDate() throws IOException {
    new GoldenFile(TABLE).mustBe(table());
  }

  private static String table() throws IOException {
    Map<Envelope, List<EnvelopeFixture>> byEnvelope = new EnumMap<>(Envelope.class);
    for (EnvelopeFixture fixture : EnvelopeFixture.all()) {
      byEnvelope.computeIfAbsent(fixture.envelope(), e -> new ArrayList<>()).add(fixture);
    }
    StringBuilder out =
        new StringBuilder(
            "# Envelopes\n\n"
                + "What each envelope carries. This page is made from the records in"
                + " `connectors/src/test/resources/envelopes`; see"
                + " [recipes](../develop/recipes.md#a-new-envelope).\n\n"
                + "* **yes**: in every kernel line of these records. **some**: in some variants of the"
                + " envelope. **–**: never.\n"
                + "* Without a facility an event is `UNVERIFIED`. Without a sequence number lost lines"
                + " are not noticed. Without a host, the record's header or key must name it.\n"
                + "* **newline**: how a line break within a message is written (the counters of"
                + " `Mem-Info` have some).\n\n"
                + "| envelope | host | boot | kernel time | wall time | sequence | facility | caller | newline |"
                + " fixtures |\n|---|---|---|---|---|---|---|---|---|---|\n");
    for (Map.Entry<Envelope, List<EnvelopeFixture>> entry : byEnvelope.entrySet()) {
      row(out, entry.getKey(), entry.getValue());
    }
    out.append(
        "\n## What proves that the kernel wrote a line\n\n"
            + "One and the same kill line, written by four authors: the kernel; `logger -p"
            + " kern.err`; a program that sends its own datagram with facility 0 and no name"
            + " (nameless); a write to `/dev/kmsg`. **–**: the author can't write into this envelope."
            + " An `UNVERIFIED` line gives a kill event with that provenance. A forged line never"
            + " does: it gives a `SPOOFED_KERNEL_LINE` signal.\n\n"
            + "| envelope | proof | kernel | logger | nameless | /dev/kmsg |\n|---|---|---|---|---|---|\n");
    for (Envelope envelope : byEnvelope.keySet()) {
      out.append("| `").append(envelope).append("` | ").append(proof(envelope)).append(" |");
      for (EnvelopeWriter.Author author : EnvelopeWriter.Author.values()) {
        out.append(' ').append(seenAs(envelope, author)).append(" |");
      }
      out.append('\n');
    }
    return out.toString();
  }

  private static String proof(Envelope envelope) {
    return switch (envelope) {
      case AUTO -> throw new IllegalArgumentException();
      case KMSG -> "the facility: the kernel lets nobody else write 0";
      case DMESG -> "the facility, with `-x`, or with `-r` and a time; else none";
      case DMESG_JSON -> "the facility in `pri` or `fac`";
      case RFC3164, RFC5424 -> "facility 0 and the tag `kernel`, both";
      case FLUENT_BIT_SYSLOG -> "facility 0 and `ident` `kernel`, both";
      case RSYSLOG_JSON ->
          "`_TRANSPORT`; without it facility `kern` and the program or tag `kernel`, both";
      case SYSLOG_NG_JSON ->
          "`_TRANSPORT`; without it facility `kern` and the program `kernel`, both";
      case LOGSTASH -> "facility 0 and the process or program `kernel`, both";
      case JOURNALD_JSON, JOURNALD_EXPORT ->
          "`_TRANSPORT` is `kernel`; only journald writes that field";
      case FLUENT_BIT_SYSTEMD ->
          "`_TRANSPORT` is `kernel`, exactly once, and there is no `stream` of a container";
      case VECTOR, FILEBEAT ->
          "from the journal: `_TRANSPORT`; from syslog: facility 0 and the program `kernel`, both";
      case OTLP_JSON, OTLP_PROTO ->
          "from the journal: `_TRANSPORT`; from syslog: facility 0 and `appname` `kernel`, both";
      case GELF -> "from the journal: `_TRANSPORT`; anyone can send the other fields";
      case CRI, FLUENT_BIT_TAIL -> "none: a container or a file may contain anything";
      case FLUENT_BIT_KMSG -> "none: the facility is not shipped";
      case CUSTOM_JSON -> "the field that you name for `facility`, if you name one";
    };
  }

  private static String seenAs(Envelope envelope, EnvelopeWriter.Author author) {
    if (!author.reaches(envelope)) {
      return "–";
    }
    FieldNames names = FieldNames.parse(Map.of("message", "line.text", "host", "node"));
    EnvelopeDecoder decoder = new EnvelopeDecoder(Envelope.AUTO, 1 << 16, ZoneOffset.UTC, names);
    byte[] value =
        new EnvelopeWriter("db1", "0f0f", 1_795_457_045_123_456L, 81_429_116, 7, 3, "", KILL)
            .by(author)
            .in(envelope);
    RawRecord record = Decoded.record(value, Decoded.RECORD_MS);
    List<String> seen = new ArrayList<>();
    decoder.decode(
        record,
        line ->
            seen.add(
                line.facility() < 0 ? "UNVERIFIED" : line.facility() == 0 ? "KERNEL" : "forged"));
    return String.join(", ", seen);
  }

  private static void row(StringBuilder out, Envelope envelope, List<EnvelopeFixture> fixtures) {
    List<KernelLine> lines = new ArrayList<>();
    Set<String> newlines = new TreeSet<>();
    List<String> names = new ArrayList<>();
    for (EnvelopeFixture fixture : fixtures) {
      EnvelopeDecoder decoder =
          new EnvelopeDecoder(Envelope.AUTO, 1 << 16, ZoneOffset.UTC, fixture.names());
      String name = fixture.file().getFileName().toString();
      names.add(name.substring(0, name.lastIndexOf('.')));
      Decoded decoded = fixture.decode(decoder);
      decoded.lines().stream()
          .filter(line -> line.facility() == null || line.facility() == 0)
          .filter(line -> !name.startsWith(FORGERY))
          .forEach(lines::add);
      if (decoded.texts().stream().anyMatch(text -> text.contains("\n"))) {
        newlines.add(newline(fixture.record()));
      }
    }
    out.append("| `").append(envelope).append("` |");
    for (Predicate<KernelLine> has :
        Arrays.<Predicate<KernelLine>>asList(
            line -> line.host() != null,
            line -> line.bootId() != null,
            line -> line.kernelTimeUs() != null,
            line -> line.wallTimeUs() != null,
            line -> line.sequence() != null,
            line -> line.facility() != null,
            line -> line.caller() != null)) {
      out.append(' ').append(how(lines, has)).append(" |");
    }
    out.append(' ')
        .append(newlines.isEmpty() ? "a line of its own" : String.join(", ", newlines))
        .append(" | ")
        .append(String.join(", ", names))
        .append(" |\n");
  }

  private static String how(List<KernelLine> lines, Predicate<KernelLine> has) {
    long count = lines.stream().filter(has).count();
    return count == 0 ? "–" : count == lines.size() ? "yes" : "some";
  }

  private static String newline(byte[] record) {
    String text = new String(record, StandardCharsets.ISO_8859_1);
    if (text.contains("#012")) {
      return "`#012`";
    }
    if (text.contains("\\x0a")) {
      return "`\\x0a`";
    }
    return text.contains("isolated_anon:0\\n") ? "`\\n` in JSON" : "itself";
  }
}

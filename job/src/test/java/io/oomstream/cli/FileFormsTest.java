package io.oomstream.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.oomstream.cli.input.FileAnalysis;
import io.oomstream.cli.input.LogFile;
import io.oomstream.cli.input.UnusableInput;
import io.oomstream.config.BadOptionException;
import io.oomstream.config.JobConfig;
import io.oomstream.event.EventJson;
import io.oomstream.event.OutgoingEvent;
import io.oomstream.format.EnvelopeDecoder;
import io.oomstream.format.EnvelopeWriter;
import io.oomstream.format.line.Envelope;
import io.oomstream.format.line.KernelLine;
import io.oomstream.format.line.RawRecord;
import io.oomstream.lab.LabLogs;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Files whose entries are no lines: the journal's export format, pretty-printed JSON, protobuf. The
 * kill is that of the kernel's own log, and says where in the file it stands.
 */
class FileFormsTest {

  private static final long BOOT_US = 1_795_413_600_000_000L;
  private static final List<KernelLine> LOG = log();

  @TempDir private Path folder;

  /** A file, and where each line of the log begins in it. */
  private record Form(byte[] file, List<Long> places) {}

  @Test
  void exportOfTheJournal() throws Exception {
    List<Long> places = new ArrayList<>();
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    long place = 1;
    for (KernelLine line : LOG) {
      byte[] entry = writer(line).in(Envelope.JOURNALD_EXPORT);
      places.add(place);
      place += newlines(entry);
      file.writeBytes(entry);
    }
    assertIsTheKernels(new Form(file.toByteArray(), places), "journal.export", "db1");
  }

  @Test
  void documentOfDmesg() throws Exception {
    List<Long> places = new ArrayList<>();
    StringBuilder file = new StringBuilder("{\n   \"dmesg\": [\n");
    long place = 3;
    for (KernelLine line : LOG) {
      String document =
          new String(writer(line).in(Envelope.DMESG_JSON), StandardCharsets.ISO_8859_1);
      String entry = document.substring(document.indexOf('[') + 2, document.lastIndexOf(']') - 4);
      file.append(places.isEmpty() ? "" : ",\n");
      places.add(place);
      place += 1 + newlines(latin1(entry));
      file.append(entry);
    }
    file.append("\n   ]\n}\n");
    assertIsTheKernels(new Form(latin1(file.toString()), places), "dmesg.json", null);
  }

  @Test
  void prettyDocumentOfOpenTelemetry() throws Exception {
    JsonMapper mapper = new JsonMapper();
    JsonNode all = mapper.readTree(writer(LOG.get(0)).in(Envelope.OTLP_JSON));
    ArrayNode records = (ArrayNode) all.at("/resourceLogs/0/scopeLogs/0/logRecords");
    for (KernelLine line : LOG.subList(1, LOG.size())) {
      records.add(
          mapper
              .readTree(writer(line).in(Envelope.OTLP_JSON))
              .at("/resourceLogs/0/scopeLogs/0/logRecords/0"));
    }
    String file = mapper.writerWithDefaultPrettyPrinter().writeValueAsString(all);
    List<Long> places = new ArrayList<>();
    List<String> lines = file.lines().toList();
    for (int i = 0; i < lines.size(); i++) {
      if (lines.get(i).contains("timeUnixNano")) {
        // The brace that opens the record ends the line before.
        places.add((long) i);
      }
    }
    assertIsTheKernels(new Form(file.getBytes(StandardCharsets.UTF_8), places), "otlp.json", "db1");
  }

  @Test
  void protobufOfOpenTelemetry() throws Exception {
    List<Long> places = new ArrayList<>();
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    for (KernelLine line : LOG) {
      places.add(1L + places.size());
      file.writeBytes(writer(line).in(Envelope.OTLP_PROTO));
    }
    assertIsTheKernels(new Form(file.toByteArray(), places), "otlp.pb", "db1");
  }

  private void assertIsTheKernels(Form form, String name, @Nullable String host) throws Exception {
    ByteArrayOutputStream kmsg = new ByteArrayOutputStream();
    for (KernelLine line : LOG) {
      kmsg.writeBytes(writer(line).in(Envelope.KMSG));
      kmsg.write('\n');
    }
    Path kernel = Files.write(folder.resolve("kmsg.log"), kmsg.toByteArray());
    Path path = Files.write(folder.resolve(name), form.file());
    List<OutgoingEvent> kills = kills(List.of(kernel, path));
    JsonNode expected = of(kernel, kills);
    JsonNode kill = of(path, kills);

    assertThat(kill.at("/provenance").asText()).isEqualTo("KERNEL");
    for (String same : List.of("victim", "cause", "memory", "tasks", "trigger")) {
      assertThat(kill.path(same)).as(same).isEqualTo(expected.path(same));
    }
    assertThat(kill.at("/host/name").asText()).isEqualTo(host == null ? path.toString() : host);
    assertThat(place(kill, "first"))
        .isEqualTo(form.places().get((int) place(expected, "first") - 1));
    assertThat(place(kill, "last")).isEqualTo(form.places().get((int) place(expected, "last") - 1));
  }

  private static long place(JsonNode kill, String which) {
    return kill.at("/block/" + which + "/offset").asLong();
  }

  private static List<OutgoingEvent> kills(List<Path> paths)
      throws UnusableInput, BadOptionException {
    JobConfig config = JobConfig.of(Map.of());
    List<LogFile> files = new ArrayList<>();
    for (Path path : paths) {
      files.add(LogFile.of(path.toString(), 0, config.envelope()));
    }
    return FileAnalysis.run(files, null, config, FileAnalysis.Blocks.NONE).kills();
  }

  private static JsonNode of(Path path, List<OutgoingEvent> kills) {
    List<JsonNode> found =
        kills.stream()
            .map(kill -> EventJson.parse(kill.data()))
            .filter(kill -> kill.at("/block/first/topic").asText().equals(path.toString()))
            .toList();
    assertThat(found).hasSize(1);
    return found.get(0);
  }

  private static EnvelopeWriter writer(KernelLine line) {
    long kernelUs = line.kernelTimeUs() == null ? 0 : line.kernelTimeUs();
    return new EnvelopeWriter(
        "db1",
        "0f4c9d1e2b3a4f5e8d7c6b5a49382716",
        BOOT_US + kernelUs,
        kernelUs,
        line.sequence() == null ? 0 : line.sequence(),
        line.level() == null ? 4 : line.level(),
        "",
        line.text());
  }

  private static List<KernelLine> log() {
    List<KernelLine> lines = new ArrayList<>();
    EnvelopeDecoder decoder = new EnvelopeDecoder(Envelope.KMSG, 1 << 16);
    for (byte[] line : LabLogs.one("6.1.0-50-amd64", "01-global-noswap", "kmsg.log").lines()) {
      RawRecord record = new RawRecord("lab", 0, 0, 0, null, line, Map.of());
      decoder.decode(record, view -> lines.add(view.toLine(record, null)));
    }
    lines.removeIf(line -> line.facility() == null || line.facility() != 0);
    return lines;
  }

  private static byte[] latin1(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  private static long newlines(byte[] bytes) {
    long count = 0;
    for (byte b : bytes) {
      count += b == '\n' ? 1 : 0;
    }
    return count;
  }
}

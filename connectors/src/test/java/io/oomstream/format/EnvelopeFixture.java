package io.oomstream.format;

import io.oomstream.format.json.FieldNames;
import io.oomstream.format.line.DecodeFailure;
import io.oomstream.format.line.Envelope;
import io.oomstream.format.line.KernelLine;
import io.oomstream.format.line.RawRecord;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One record as a shipper writes it, in the folder of its envelope. */
record EnvelopeFixture(Envelope envelope, Path file, byte[] record, FieldNames names) {

  private static final Path ROOT = Path.of("src", "test", "resources", "envelopes");
  private static final Path FROM_ROOT = Path.of("..", "connectors").resolve(ROOT);

  static List<EnvelopeFixture> all() throws IOException {
    Path root = Files.isDirectory(ROOT) ? ROOT : FROM_ROOT;
    List<EnvelopeFixture> fixtures = new ArrayList<>();
    for (Path folder : children(root)) {
      if (!Files.isDirectory(folder)) {
        continue;
      }
      Envelope envelope = Envelope.valueOf(folder.getFileName().toString());
      for (Path file : children(folder)) {
        String name = file.getFileName().toString();
        if (!name.endsWith(".lines") && !name.endsWith(".properties")) {
          fixtures.add(
              new EnvelopeFixture(envelope, file, Files.readAllBytes(file), names(folder)));
        }
      }
    }
    return fixtures;
  }

  private static List<Path> children(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().toList();
    }
  }

  private static FieldNames names(Path folder) throws IOException {
    Path file = folder.resolve("fields.properties");
    if (!Files.exists(file)) {
      return FieldNames.NONE;
    }
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(file)) {
      properties.load(reader);
    }
    Map<String, String> names = new HashMap<>();
    properties.forEach((role, path) -> names.put((String) role, (String) path));
    return FieldNames.parse(names);
  }

  Decoded decode(EnvelopeDecoder decoder) {
    return decode(decoder, record);
  }

  Decoded decode(EnvelopeDecoder decoder, byte[] value) {
    RawRecord raw = Decoded.record(value, Decoded.RECORD_MS);
    List<KernelLine> lines = new ArrayList<>();
    DecodeFailure failure = decoder.decode(raw, line -> lines.add(line.toLine(raw, null)));
    return new Decoded(lines, failure);
  }

  /** For people to review: what is absent is left out. */
  String render(Decoded decoded) {
    StringBuilder out = new StringBuilder();
    for (KernelLine line : decoded.lines()) {
      add(out, "host", line.host());
      add(out, "boot", line.bootId());
      add(out, "wall", line.wallTimeUs());
      add(out, "kernel", line.kernelTimeUs());
      add(out, "sequence", line.sequence());
      add(out, "facility", line.facility());
      add(out, "level", line.level());
      add(out, "caller", line.caller());
      add(out, "fragment", line.fragmentOffset());
      out.append("| ").append(line.text().replace("\n", "\n| ")).append('\n');
    }
    if (decoded.failure() != null) {
      out.append("failure ").append(decoded.failure().detail()).append('\n');
    }
    return out.toString();
  }

  private static void add(StringBuilder out, String name, @Nullable Object value) {
    if (value != null) {
      out.append(name).append('=').append(value).append(' ');
    }
  }

  @Override
  public String toString() {
    return envelope + "/" + file.getFileName();
  }
}

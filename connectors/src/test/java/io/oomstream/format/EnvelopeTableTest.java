package io.oomstream.format;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
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

  private static final Path TABLE = Path.of("ENVELOPES.md");

  @Test
  void everyEnvelopeHasFixtures() throws IOException {
    Set<Envelope> shown = EnumSet.noneOf(Envelope.class);
    EnvelopeFixture.all().forEach(fixture -> shown.add(fixture.envelope()));
    shown.add(Envelope.AUTO);
    assertThat(shown).containsExactlyInAnyOrder(Envelope.values());
  }

  @Test
  void theTableIsUpToDate() throws IOException {
    String table = table();
    if (Boolean.getBoolean("oomstream.write-golden")) {
      Files.writeString(TABLE, table);
    }
    assertThat(table)
        .as("%s is made by this test: run it with -Doomstream.write-golden=true", TABLE)
        .isEqualTo(Files.readString(TABLE));
  }

  private static String table() throws IOException {
    Map<Envelope, List<EnvelopeFixture>> byEnvelope = new EnumMap<>(Envelope.class);
    for (EnvelopeFixture fixture : EnvelopeFixture.all()) {
      byEnvelope.computeIfAbsent(fixture.envelope(), e -> new ArrayList<>()).add(fixture);
    }
    StringBuilder out =
        new StringBuilder(
            "# What each envelope carries\n\n"
                + "Made by `EnvelopeTableTest` from the records in `src/test/resources/envelopes`. yes: in"
                + " every line of the kernel that the fixtures hold; some: in some forms of it; –: never, so"
                + " events lack what depends on it. Without a facility an event is `UNVERIFIED`; without a"
                + " sequence lost lines are not noticed; without a host the record's header or key must name"
                + " it. Newline: how a line break within a message (the counters of `Mem-Info`) is"
                + " written.\n\n"
                + "| envelope | host | boot | kernel time | wall time | sequence | facility | caller | newline |"
                + " fixtures |\n|---|---|---|---|---|---|---|---|---|---|\n");
    for (Map.Entry<Envelope, List<EnvelopeFixture>> entry : byEnvelope.entrySet()) {
      row(out, entry.getKey(), entry.getValue());
    }
    return out.toString();
  }

  private static void row(StringBuilder out, Envelope envelope, List<EnvelopeFixture> fixtures) {
    List<KernelLine> lines = new ArrayList<>();
    Set<String> newlines = new TreeSet<>();
    List<String> names = new ArrayList<>();
    for (EnvelopeFixture fixture : fixtures) {
      EnvelopeDecoder decoder =
          new EnvelopeDecoder(Envelope.AUTO, 1 << 16, ZoneOffset.UTC, fixture.names());
      Decoded decoded = fixture.decode(decoder);
      decoded.lines().stream()
          .filter(line -> line.facility() == null || line.facility() == 0)
          .forEach(lines::add);
      if (decoded.texts().stream().anyMatch(text -> text.contains("\n"))) {
        newlines.add(newline(fixture.record()));
      }
      String name = fixture.file().getFileName().toString();
      names.add(name.substring(0, name.lastIndexOf('.')));
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

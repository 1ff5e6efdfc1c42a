package io.oomstream.format;

import static org.assertj.core.api.Assertions.assertThat;

import io.oomstream.format.line.Envelope;
import io.oomstream.format.line.KernelLine;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every record in {@code envelopes/<ENVELOPE>/} is told by its shape, reads the same when pinned,
 * and gives the lines in {@code <name>.lines} ({@code -Doomstream.write-golden=true} writes them).
 */
class EnvelopeFixturesTest {

  static Stream<EnvelopeFixture> fixtures() throws IOException {
    return EnvelopeFixture.all().stream();
  }

  @ParameterizedTest
  @MethodSource("fixtures")
  void isToldByItsShapeAndReadAsItWasMeant(EnvelopeFixture fixture) throws IOException {
    EnvelopeDecoder auto =
        new EnvelopeDecoder(Envelope.AUTO, 1 << 16, ZoneOffset.UTC, fixture.names());
    EnvelopeDecoder pinned =
        new EnvelopeDecoder(fixture.envelope(), 1 << 16, ZoneOffset.UTC, fixture.names());
    String told = fixture.render(fixture.decode(auto));

    assertThat(auto.envelope()).as("told by shape").isEqualTo(fixture.envelope());
    assertThat(fixture.render(fixture.decode(pinned))).as("pinned").isEqualTo(told);
    Path golden = Path.of(fixture.file() + ".lines");
    if (Boolean.getBoolean("oomstream.write-golden")) {
      Files.writeString(golden, told, StandardCharsets.UTF_8);
    }
    assertThat(told).isEqualTo(Files.readString(golden, StandardCharsets.UTF_8));
  }

  @ParameterizedTest
  @MethodSource("fixtures")
  void noCutOfItMakesAnotherClaimOfTheKernel(EnvelopeFixture fixture) throws IOException {
    List<Integer> whole = new ArrayList<>();
    EnvelopeDecoder decoder =
        new EnvelopeDecoder(Envelope.AUTO, 1 << 16, ZoneOffset.UTC, fixture.names());
    fixture.decode(decoder).lines().forEach(line -> whole.add(facility(line)));
    byte[] record = fixture.record();
    for (int cut = 0; cut < record.length; cut++) {
      Decoded some = fixture.decode(decoder, java.util.Arrays.copyOf(record, cut));
      for (KernelLine line : some.lines()) {
        if (facility(line) == 0 && line.text().contains("Killed process")) {
          assertThat(whole).as("cut at %d", cut).contains(0);
        }
      }
    }
  }

  private static int facility(KernelLine line) {
    return line.facility() == null ? -1 : line.facility();
  }
}

package io.oomstream.format;

import static org.assertj.core.api.Assertions.assertThat;

import io.oomstream.format.line.Envelope;
import io.oomstream.format.line.KernelLine;
import io.oomstream.golden.GoldenFile;
import java.io.IOException;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every record in {@code envelopes/<ENVELOPE>/} is detected, reads the same if its envelope is set,
 * and gives the lines in {@code <name>.lines}.
 */
class EnvelopeFixturesTest {

  static Stream<EnvelopeFixture> fixtures() throws IOException {
    return EnvelopeFixture.all().stream();
  }

  @ParameterizedTest
  @MethodSource("fixtures")
  void isDetectedAndReadAsItWasMeant(EnvelopeFixture fixture) throws IOException {
    EnvelopeDecoder auto =
        new EnvelopeDecoder(Envelope.AUTO, 1 << 16, ZoneOffset.UTC, fixture.names());
    EnvelopeDecoder pinned =
        new EnvelopeDecoder(fixture.envelope(), 1 << 16, ZoneOffset.UTC, fixture.names());
    String detected = fixture.render(fixture.decode(auto));

    assertThat(auto.envelope())
        .as("what EnvelopeDetector detects; AUTO: nothing, or EnvelopeReaders has no reader for it")
        .isEqualTo(fixture.envelope());
    assertThat(fixture.render(fixture.decode(pinned))).as("pinned").isEqualTo(detected);
    new GoldenFile(Path.of(fixture.file() + ".lines")).mustBe(detected);
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

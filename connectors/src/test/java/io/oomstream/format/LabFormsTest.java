package io.oomstream.format;

import static org.assertj.core.api.Assertions.assertThat;

import io.oomstream.format.line.Envelope;
import io.oomstream.format.line.KernelLine;
import io.oomstream.format.text.KmsgEscapes;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Logs of real kernels: every form of a log tells the same. */
class LabFormsTest {

  @ParameterizedTest
  @CsvSource({"kube.kmsg,kube.dmesg", "nasty.kmsg,nasty.dmesg"})
  void kmsgAndDmesgHoldTheSameTextsAtTheSameTimes(String kmsg, String dmesg) {
    Decoded records = Decoded.of(Envelope.AUTO, Decoded.fixture(kmsg));
    Decoded lines = Decoded.of(Envelope.AUTO, Decoded.fixture(dmesg));

    assertThat(records.failure()).isNull();
    assertThat(lines.failure()).isNull();
    assertThat(lines.lines()).hasSizeGreaterThan(200);
    assertThat(lines.lines().stream().map(l -> l.kernelTimeUs() + " " + l.text()))
        .containsExactlyElementsOf(splitAtNewlines(records.lines()));
  }

  private static List<String> splitAtNewlines(List<KernelLine> records) {
    return records.stream()
        .flatMap(l -> Stream.of(l.text().split("\n", -1)).map(t -> l.kernelTimeUs() + " " + t))
        .toList();
  }

  @Test
  void dmesgWithWallTimesHoldsTheSameTexts() {
    Decoded kernelTimes = Decoded.of(Envelope.AUTO, Decoded.fixture("kube.dmesg"));
    Decoded wallTimes = Decoded.of(Envelope.AUTO, Decoded.fixture("kube.dmesg-T"));

    assertThat(wallTimes.failure()).isNull();
    assertThat(wallTimes.texts()).isEqualTo(kernelTimes.texts());
    // The lab's boot was at 2026-11-23 06:00:00 UTC; -T shows whole seconds.
    assertThat(wallTimes.lines())
        .allSatisfy(
            l ->
                assertThat(l.wallTimeUs())
                    .isBetween(1_795_413_600_000_000L, 1_795_413_700_000_000L));
  }

  @Test
  void netconsolePiecesJoinToTheRecordOfKmsg() {
    Decoded kmsg = Decoded.of(Envelope.AUTO, Decoded.fixture("frag.kmsg"));
    Decoded netconsole = Decoded.of(Envelope.AUTO, Decoded.fixture("frag.netconsole"));
    assertThat(netconsole.failure()).isNull();

    Map<Long, List<KernelLine>> bySequence = new LinkedHashMap<>();
    netconsole
        .lines()
        .forEach(l -> bySequence.computeIfAbsent(l.sequence(), s -> new ArrayList<>()).add(l));
    Map<Long, String> texts = new LinkedHashMap<>();
    bySequence.forEach((sequence, pieces) -> texts.put(sequence, join(pieces)));
    Map<Long, String> expected = new LinkedHashMap<>();
    kmsg.lines().stream()
        .filter(l -> bySequence.containsKey(l.sequence()))
        .forEach(l -> expected.put(l.sequence(), l.text()));

    assertThat(bySequence.values()).filteredOn(p -> p.size() > 1).hasSize(1);
    assertThat(texts).hasSizeGreaterThan(400).isEqualTo(expected);
  }

  private static String join(List<KernelLine> pieces) {
    if (pieces.get(0).fragmentOffset() == null) {
      return pieces.get(0).text();
    }
    StringBuilder text = new StringBuilder();
    for (KernelLine piece : pieces) {
      assertThat(piece.fragmentOffset()).isEqualTo(text.length());
      text.append(piece.text());
    }
    return KmsgEscapes.unescape(text.toString());
  }

  @Test
  void everyEnvelopeGivesTheSameTexts() {
    List<String> expected = Decoded.of(Envelope.KMSG, Decoded.fixture("nasty.kmsg")).texts();
    for (Envelope envelope : Envelope.values()) {
      if (envelope == Envelope.AUTO || envelope == Envelope.CUSTOM_JSON) {
        continue;
      }
      for (Envelope how : new Envelope[] {envelope, Envelope.AUTO}) {
        for (String text : expected) {
          String line = Wrapped.keepsNewlines(envelope) ? text : text.replace('\n', ' ');
          String given =
              Wrapped.keepsBytes(envelope) ? line : line.replaceAll("[^\\x00-\\x7f]", "?");
          byte[] value = Wrapped.in(envelope, given.getBytes(StandardCharsets.ISO_8859_1));
          assertThat(Decoded.of(how, value).line().text())
              .as("%s as %s", envelope, how)
              .isEqualTo(given);
        }
      }
    }
  }
}

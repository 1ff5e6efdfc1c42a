package io.oomstream.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import io.oomstream.diagnosis.context.Findings;
import io.oomstream.diagnosis.context.Thresholds;
import io.oomstream.event.SignalKind;
import io.oomstream.event.section.Cause;
import io.oomstream.event.section.Evidence;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The report that the project was founded on. */
class SeedDiagnosisTest {

  private final Findings findings = seed();

  @Test
  void pageTablesAreTheCauseAndFullSwapContributes() {
    Cause cause = findings.kills().get(0).event().cause();
    assertThat(findings.kills()).hasSize(1);
    assertThat(cause.primary()).isEqualTo(Cause.Kind.PAGE_TABLE_BLOAT);
    assertThat(cause.contributing()).containsExactly(Cause.Kind.SWAP_EXHAUSTED);
    assertThat(cause.summary()).contains("66.6 %", "20.8 GiB", "a.out (pid 5071)");
    assertThat(cause.why()).contains("Swap is full: 4.0 KiB of 32.3 GiB are free.");
  }

  @Test
  void freeMemoryThatLooksAmpleIsExplained() {
    Cause cause = findings.kills().get(0).event().cause();
    assertThat(cause.why())
        .contains(
            "Normal has 233.2 MiB free, above its high watermark of 142.8 MiB. But 148.0 MiB of that is"
                + " reserved for high-order atomic requests. Only 85.2 MiB are usable. That is above"
                + " the min watermark (82.7 MiB) but below the high one, which the kernel requires in"
                + " its last check before a kill.");
    assertThat(cause.evidence())
        .extracting(Evidence::fact)
        .contains("DMA: free less 117.5 MiB of lowmem reserve");
    assertThat(cause.evidence())
        .anySatisfy(
            e -> {
              assertThat(e.fact()).isEqualTo("Normal: usable free, over min");
              assertThat(e.value()).isEqualTo((238836L - 151552) * 1024);
              assertThat(e.line()).startsWith("Normal free:238836kB");
            });
  }

  @Test
  void itsSignals() {
    assertThat(findings.signals())
        .extracting(s -> s.signal().kind())
        .containsExactlyInAnyOrder(SignalKind.PAGE_TABLE_BLOAT, SignalKind.SWAP_EXHAUSTED);
    assertThat(findings.signals())
        .allSatisfy(
            s ->
                assertThat(s.signal().relatedEvents())
                    .containsExactly(findings.kills().get(0).id()));
  }

  private static Findings seed() {
    try {
      List<String> texts =
          Files.readAllLines(Path.of("../samples/seed.dmesg"), StandardCharsets.ISO_8859_1).stream()
              .map(line -> line.substring(line.indexOf("] ") + 2))
              .toList();
      return LabReports.ofTexts(texts).stream()
          .map(block -> Diagnosis.of(block, "seed", Thresholds.defaults()))
          .filter(f -> !f.kills().isEmpty())
          .reduce((a, b) -> b)
          .orElseThrow();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}

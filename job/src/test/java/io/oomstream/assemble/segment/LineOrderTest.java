package io.oomstream.assemble.segment;

import static org.assertj.core.api.Assertions.assertThat;

import io.oomstream.format.line.KernelLine;
import io.oomstream.kernel.Classifier;
import io.oomstream.kernel.LineRule;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What comes first when a host's lines count by different things. */
class LineOrderTest {

  private static final String BOOT = "Linux version 6.1.0 (builder@host) (gcc 12) #1 SMP";
  private static final String FRAME = " dump_header+0x4a/0x1ff";
  private int offset;

  @Test
  void bootsWithIdsNeverMixAndTheEarlierComesFirst() {
    assertOrder(
        List.of(
            at(1_000).boot("a").sequence(900).kernelMs(90_000).line("Mem-Info: 1"),
            at(1_001).boot("a").sequence(901).kernelMs(90_001).line("Mem-Info: 2"),
            at(20_000).boot("b").sequence(5).kernelMs(1_000).line("Mem-Info: 3")));
  }

  @Test
  void aClockThatFallsBackBeginsABoot() {
    List<ClassifiedLine> lines =
        List.of(
            at(1_000).sequence(900).kernelMs(90_000).line("Mem-Info: 1"),
            at(1_500).sequence(902).kernelMs(90_500).line("Mem-Info: 2"),
            at(15_000).sequence(5).kernelMs(1_000).line("Mem-Info: 3"),
            at(15_100).sequence(901).kernelMs(90_100).line("Mem-Info: straggler"),
            at(15_200).sequence(6).kernelMs(1_200).line("Mem-Info: 4"));
    LineOrder.Ordered ordered = LineOrder.order(lines);
    assertThat(ordered.boots().stream().map(LineOrderTest::texts))
        .containsExactly(
            List.of("Mem-Info: 1", "Mem-Info: straggler", "Mem-Info: 2"),
            List.of("Mem-Info: 3", "Mem-Info: 4"));
  }

  @Test
  void theKernelsFirstLineBeginsABootHoweverShortTheOneBefore() {
    List<ClassifiedLine> lines =
        List.of(
            at(0).kernelMs(0).line(BOOT),
            at(4_000).kernelMs(4_000).line("Mem-Info: 1"),
            at(9_000).kernelMs(0).line(BOOT + " again"),
            at(12_000).kernelMs(3_000).line("Mem-Info: 2"));
    assertThat(LineOrder.order(lines).boots()).hasSize(2);
    assertOrder(lines);
  }

  @Test
  void aFirstLineThatComesInMidReportDividesNothing() {
    List<ClassifiedLine> lines =
        List.of(
            at(5_000).sequence(500).kernelMs(5_000).line("Mem-Info: 1"),
            at(5_001).sequence(0).kernelMs(0).line(BOOT),
            at(5_002).sequence(501).kernelMs(5_001).line("Mem-Info: 2"));
    assertThat(LineOrder.order(lines).boots().stream().map(LineOrderTest::texts))
        .contains(List.of("Mem-Info: 1", "Mem-Info: 2"));
  }

  @Test
  void aSequenceNumberGoesBeforeEveryClock() {
    assertOrder(
        List.of(
            at(3).sequence(1).kernelMs(30).line("Mem-Info: 1"),
            at(2).sequence(2).kernelMs(20).line("Mem-Info: 2"),
            at(1).sequence(3).kernelMs(10).line("Mem-Info: 3")));
  }

  @Test
  void equalKernelTimesGoByWallClockThenRecordTimeThenPosition() {
    assertOrder(
        List.of(
            at(9).kernelMs(10).wallUs(1).line("Mem-Info: 1"),
            at(7).kernelMs(10).wallUs(2).line("Mem-Info: 2"),
            at(8).kernelMs(10).wallUs(2).line("Mem-Info: 3"),
            at(8).kernelMs(10).wallUs(2).line("Mem-Info: 4")));
  }

  @Test
  void secondsOnlyKeepTheOrderOfTheirPartition() {
    assertOrder(
        List.of(
            at(5).wallUs(1_000_000).line("Mem-Info: 1"),
            at(5).wallUs(1_000_000).line("Mem-Info: 2"),
            at(5).wallUs(2_000_000).line("Mem-Info: 3")));
  }

  @Test
  void aLineOfTwoShippersCountsOnceAndTheNumberedOneStays() {
    ClassifiedLine numbered1 = at(1).sequence(7).kernelMs(10).line("Mem-Info:");
    ClassifiedLine numbered2 = at(1).sequence(8).kernelMs(11).line(FRAME);
    ClassifiedLine journal1 = at(2).boot("a").kernelMs(10).wallUs(1).line("Mem-Info:");
    ClassifiedLine journal2 = at(2).boot("a").kernelMs(11).wallUs(2).line(FRAME);
    ClassifiedLine journal3 = at(2).boot("a").kernelMs(12).wallUs(9).line("Mem-Info: only here");
    ClassifiedLine word = at(2).boot("a").wallUs(5).line("Missed 3 kernel messages");
    LineOrder.Ordered ordered =
        LineOrder.order(List.of(journal3, word, journal2, journal1, numbered2, numbered1));
    assertThat(ordered.boots()).hasSize(1);
    assertThat(ordered.boots().get(0)).contains(numbered1, numbered2, journal3, word).hasSize(4);
    assertThat(texts(ordered.boots().get(0)).subList(0, 2)).containsExactly("Mem-Info:", FRAME);
    assertThat(ordered.duplicates()).containsExactlyInAnyOrder(journal1, journal2);
  }

  @Test
  void aLineWithAClockOnlyFindsItsPlaceAmongTheOthers() {
    assertOrder(
        List.of(
            at(9).boot("a").kernelMs(10).wallUs(1).line("Mem-Info: 1"),
            at(3).boot("a").wallUs(2).line("Missed 3 kernel messages"),
            at(8).boot("a").kernelMs(11).wallUs(3).line("Mem-Info: 2")));
  }

  @Test
  void whatIsDeliveredAgainGoesAndWhatRepeatsByNatureStays() {
    ClassifiedLine first = at(1).sequence(7).kernelMs(10).line(FRAME);
    ClassifiedLine again = at(3).sequence(7).kernelMs(10).line(FRAME);
    assertThat(LineOrder.order(List.of(again, first)).duplicates()).containsExactly(again);

    ClassifiedLine frame = at(1).kernelMs(10).line(FRAME);
    ClassifiedLine same = at(1).kernelMs(10).line(FRAME);
    assertThat(LineOrder.order(List.of(frame, same)).duplicates()).isEmpty();

    ClassifiedLine title = at(1).kernelMs(10).line("Mem-Info:");
    ClassifiedLine repeated = at(1).kernelMs(10).line("Mem-Info:");
    assertThat(LineOrder.order(List.of(title, repeated)).duplicates()).containsExactly(repeated);
  }

  /** In whatever order they are given. */
  private static void assertOrder(List<ClassifiedLine> expected) {
    Random random = new Random(1);
    for (int i = 0; i < 20; i++) {
      List<ClassifiedLine> shuffled = new ArrayList<>(expected);
      Collections.shuffle(shuffled, random);
      List<ClassifiedLine> ordered =
          LineOrder.order(shuffled).boots().stream().flatMap(List::stream).toList();
      assertThat(texts(ordered)).isEqualTo(texts(expected));
    }
  }

  private static List<String> texts(List<ClassifiedLine> lines) {
    return lines.stream().map(ClassifiedLine::text).toList();
  }

  private Given at(long timestamp) {
    return new Given(timestamp, offset++, null, null, null, null);
  }

  private record Given(
      long timestamp,
      int offset,
      @Nullable String boot,
      @Nullable Long sequence,
      @Nullable Long kernelUs,
      @Nullable Long wall) {

    Given boot(String id) {
      return new Given(timestamp, offset, id, sequence, kernelUs, wall);
    }

    Given sequence(long number) {
      return new Given(timestamp, offset, boot, number, kernelUs, wall);
    }

    Given kernelMs(long ms) {
      return new Given(timestamp, offset, boot, sequence, ms * 1000, wall);
    }

    Given wallUs(long us) {
      return new Given(timestamp, offset, boot, sequence, kernelUs, us);
    }

    ClassifiedLine line(String text) {
      LineRule rule = Classifier.classify(text);
      if (rule == null) {
        throw new AssertionError(text);
      }
      return new ClassifiedLine(
          new KernelLine(
              "lab", boot, wall, kernelUs, sequence, 0, 6, null, null, text, "t", 0, offset, 0,
              timestamp),
          rule);
    }
  }
}

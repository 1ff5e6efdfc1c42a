package io.oomstream.function;

import static org.assertj.core.api.Assertions.assertThat;

import io.oomstream.assemble.AssembleSettings;
import io.oomstream.assemble.HostLine;
import io.oomstream.assemble.segment.LineBlock;
import io.oomstream.assemble.segment.SegmentLimits;
import io.oomstream.event.DeadLetter;
import io.oomstream.event.MemoryBlock;
import io.oomstream.event.section.BlockInfo.ClosedBy;
import io.oomstream.kernel.Classifier;
import io.oomstream.kernel.LineRule;
import io.oomstream.kernel.Role;
import io.oomstream.lab.LabLogs;
import io.oomstream.lab.Lines;
import io.oomstream.state.Types;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class AssembleFunctionTest {

  private static final long SETTLING = 5_000;
  private static final long STRAGGLER = AssembleSettings.defaults().stragglerMs();
  private static final long STALL = 30_000;
  private static final List<HostLine> BLOCK =
      Lines.of(LabLogs.one("6.12.117+deb13-amd64", "03-memcg2-kube", "kmsg.log"), 1_000).stream()
          .filter(line -> isOfReport(Classifier.classify(line.line().text())))
          .toList();

  private static boolean isOfReport(@Nullable LineRule rule) {
    return rule != null && rule.role() != Role.BOOT;
  }

  private static KeyedOneInputStreamOperatorTestHarness<String, HostLine, LineBlock> harness(
      AssembleSettings settings) throws Exception {
    return new KeyedOneInputStreamOperatorTestHarness<>(
        new KeyedProcessOperator<>(new AssembleFunction(settings)),
        line -> line.line().key(),
        TypeInformation.of(String.class));
  }

  private static KeyedOneInputStreamOperatorTestHarness<String, HostLine, LineBlock> opened()
      throws Exception {
    var harness = harness(AssembleSettings.defaults());
    harness.open();
    return harness;
  }

  private static void feed(
      KeyedOneInputStreamOperatorTestHarness<String, HostLine, LineBlock> harness,
      List<HostLine> lines)
      throws Exception {
    for (HostLine line : lines) {
      harness.processElement(line, line.effectiveTime());
    }
  }

  private static void assertEmpty(
      KeyedOneInputStreamOperatorTestHarness<String, HostLine, LineBlock> harness) {
    assertThat(harness.numKeyedStateEntries()).as("state entries").isZero();
    assertThat(harness.numEventTimeTimers()).as("event-time timers").isZero();
    assertThat(harness.numProcessingTimeTimers()).as("processing-time timers").isZero();
  }

  private static List<LineBlock> reports(
      KeyedOneInputStreamOperatorTestHarness<String, HostLine, LineBlock> harness) {
    return harness.extractOutputValues().stream()
        .filter(block -> block.kind() != MemoryBlock.Kind.LINE)
        .toList();
  }

  private static List<DeadLetter> deadLetters(
      KeyedOneInputStreamOperatorTestHarness<String, HostLine, LineBlock> harness) {
    var letters = harness.getSideOutput(Outputs.DEAD_LETTERS);
    return letters == null ? List.of() : letters.stream().map(StreamRecord::getValue).toList();
  }

  @Test
  void concludesAReportWhenEventTimeHasPassedItBySettlingTime() throws Exception {
    try (var harness = opened()) {
      feed(harness, BLOCK);
      assertThat(harness.numEventTimeTimers()).isOne();
      assertThat(harness.numProcessingTimeTimers()).isOne();
      harness.processWatermark(1_000 + SETTLING + STRAGGLER - 1);
      assertThat(reports(harness)).isEmpty();
      harness.processWatermark(1_000 + SETTLING + STRAGGLER);
      assertThat(reports(harness)).hasSize(1);
      assertThat(reports(harness).get(0).closedBy()).isEqualTo(ClosedBy.TERMINATOR);
      assertThat(reports(harness).get(0).lines()).hasSizeGreaterThan(90);
      assertEmpty(harness);
    }
  }

  @Test
  void restoresTheOrderOfShuffledAndDoubledLines() throws Exception {
    List<String> inOrder;
    try (var harness = opened()) {
      feed(harness, BLOCK);
      harness.processWatermark(Long.MAX_VALUE);
      inOrder = texts(reports(harness));
    }
    List<HostLine> shuffled = new ArrayList<>(BLOCK);
    shuffled.addAll(BLOCK.subList(10, 20));
    Collections.shuffle(shuffled, new Random(7));
    try (var harness = opened()) {
      feed(harness, shuffled);
      harness.processWatermark(Long.MAX_VALUE);
      assertThat(texts(reports(harness))).isEqualTo(inOrder);
      assertEmpty(harness);
    }
  }

  @Test
  void restoresInMidBlockAtEveryLine() throws Exception {
    for (int cut = 0; cut <= BLOCK.size(); cut++) {
      OperatorSubtaskState snapshot;
      try (var harness = opened()) {
        feed(harness, BLOCK.subList(0, cut));
        snapshot = harness.snapshot(1, 1);
      }
      try (var harness = harness(AssembleSettings.defaults())) {
        harness.initializeState(snapshot);
        harness.open();
        feed(harness, BLOCK.subList(cut, BLOCK.size()));
        harness.processWatermark(1_000 + SETTLING + STRAGGLER);
        assertThat(reports(harness)).as("cut at line %s", cut).hasSize(1);
        assertEmpty(harness);
      }
    }
  }

  @Test
  void concludesASilentHostThoughEventTimeStandsStill() throws Exception {
    try (var harness = opened()) {
      harness.setProcessingTime(100);
      feed(harness, BLOCK);
      HostLine other = onHost(BLOCK.get(0), "other");
      for (long passed = 1_000; passed < STALL; passed += 1_000) {
        harness.setProcessingTime(100 + passed);
        feed(harness, List.of(other));
        assertThat(reports(harness)).isEmpty();
      }
      harness.setProcessingTime(100 + STALL);
      assertThat(reports(harness)).hasSize(1);
      assertThat(harness.numProcessingTimeTimers()).as("the other host's").isOne();
      harness.processWatermark(Long.MAX_VALUE);
      assertEmpty(harness);
    }
  }

  @Test
  void reArmsAnOverdueStallTimerAfterARestore() throws Exception {
    int half = BLOCK.size() / 2;
    OperatorSubtaskState snapshot;
    try (var harness = opened()) {
      harness.setProcessingTime(100);
      feed(harness, BLOCK.subList(0, half));
      snapshot = harness.snapshot(1, 1);
    }
    try (var harness = harness(AssembleSettings.defaults())) {
      harness.initializeState(snapshot);
      harness.open();
      long muchLater = 100 + 10 * STALL;
      harness.setProcessingTime(muchLater);
      assertThat(harness.extractOutputValues()).isEmpty();
      assertThat(harness.numProcessingTimeTimers()).isOne();
      feed(harness, BLOCK.subList(half, BLOCK.size()));
      for (int i = 1; i <= SilenceClock.QUIET; i++) {
        assertThat(reports(harness)).isEmpty();
        harness.setProcessingTime(muchLater + i * STALL);
      }
      assertThat(reports(harness)).hasSize(1);
      assertThat(reports(harness).get(0).lines()).hasSizeGreaterThan(90);
      assertEmpty(harness);
    }
  }

  @Test
  void keepsAnUnfinishedReportUntilTheGapOrTheEndOfInput() throws Exception {
    List<HostLine> head = BLOCK.subList(0, 40);
    try (var harness = opened()) {
      feed(harness, head);
      harness.processWatermark(1_000 + STRAGGLER + 59_999);
      assertThat(reports(harness)).isEmpty();
      assertThat(harness.numEventTimeTimers()).isOne();
      harness.processWatermark(1_000 + STRAGGLER + 60_000);
      assertThat(reports(harness)).hasSize(1);
      assertThat(reports(harness).get(0).closedBy()).isEqualTo(ClosedBy.GAP);
      assertEmpty(harness);
    }
    try (var harness = opened()) {
      feed(harness, head);
      harness.processWatermark(Long.MAX_VALUE);
      assertThat(reports(harness).get(0).closedBy()).isEqualTo(ClosedBy.END_OF_INPUT);
      assertEmpty(harness);
    }
  }

  @Test
  void aKillOfAConcludedReportIsStillAReport() throws Exception {
    HostLine kill = only(LineRule.KILLED);
    try (var harness = opened()) {
      harness.processWatermark(100_000);
      feed(harness, List.of(kill));
      harness.processWatermark(100_000 + SETTLING);
      assertThat(reports(harness)).hasSize(1);
      assertThat(reports(harness).get(0).lines()).hasSize(1);
      assertEmpty(harness);
    }
  }

  @Test
  void lateAndOrphanedLinesGoToTheDeadLettersWithTheirBytes() throws Exception {
    HostLine summary = BLOCK.get(BLOCK.size() - 2);
    HostLine zone = withText(summary, "oom_reaper: reaped process 4959 (a.out), now anon-rss:0kB");
    try (var harness = opened()) {
      feed(harness, List.of(zone));
      harness.processWatermark(1_000 + SETTLING + STRAGGLER);
      assertThat(deadLetters(harness)).hasSize(1);
      assertThat(deadLetters(harness).get(0).reason()).isEqualTo(DeadLetter.Reason.ORPHANED);
      assertThat(deadLetters(harness).get(0).value())
          .isEqualTo(zone.line().text().getBytes(StandardCharsets.ISO_8859_1));
      harness.processWatermark(500_000);
      feed(harness, List.of(zone));
      harness.processWatermark(500_000 + SETTLING);
      assertThat(deadLetters(harness)).hasSize(2);
      assertThat(deadLetters(harness).get(1).reason()).isEqualTo(DeadLetter.Reason.LATE);
      assertEmpty(harness);
    }
  }

  @Test
  void aFloodTenTimesOverTheLimitsKeepsTheKillAndSaysWhatIsMissing() throws Exception {
    var small =
        new AssembleSettings(
            SETTLING, STRAGGLER, STALL, BLOCK.size() / 10, 1L << 20, SegmentLimits.defaults());
    try (var harness = harness(small)) {
      harness.open();
      feed(harness, BLOCK);
      harness.processWatermark(1_000 + SETTLING + STRAGGLER);
      assertThat(reports(harness)).hasSize(1);
      LineBlock report = reports(harness).get(0);
      assertThat(report.droppedLines()).isGreaterThan(BLOCK.size() * 8L / 10);
      assertThat(report.lines()).anyMatch(line -> line.rule().role() == Role.CLOSES);
      assertEmpty(harness);
    }
    var shortReports =
        new AssembleSettings(
            SETTLING,
            STRAGGLER,
            STALL,
            100_000,
            32L << 20,
            new SegmentLimits(60_000_000, BLOCK.size() / 10));
    try (var harness = harness(shortReports)) {
      harness.open();
      feed(harness, BLOCK);
      harness.processWatermark(1_000 + SETTLING + STRAGGLER);
      LineBlock report = reports(harness).get(0);
      assertThat(report.droppedLines()).isPositive();
      assertThat(report.lines()).anyMatch(line -> line.rule() == LineRule.INVOKED);
      assertThat(report.lines()).anyMatch(line -> line.rule() == LineRule.KILLED);
      assertEmpty(harness);
    }
    var fewBytes =
        new AssembleSettings(SETTLING, STRAGGLER, STALL, 100_000, 400, SegmentLimits.defaults());
    try (var harness = harness(fewBytes)) {
      harness.open();
      feed(harness, BLOCK);
      assertThat(deadLetters(harness))
          .isNotEmpty()
          .allMatch(letter -> letter.reason() == DeadLetter.Reason.OVER_LIMIT);
      harness.processWatermark(Long.MAX_VALUE);
      assertThat(reports(harness)).isNotEmpty();
      assertThat(reports(harness).get(0).droppedLines()).isPositive();
      assertEmpty(harness);
    }
  }

  @Test
  void anUnknownLineWaitsForTheReportThatItStandsIn() throws Exception {
    String text = "Memory tiers in the order of demotion";
    List<byte[]> raw =
        new ArrayList<>(LabLogs.one("6.12.117+deb13-amd64", "03-memcg2-kube", "dmesg.log").lines());
    int head = indexOf(raw, " invoked oom-killer");
    int end = indexOf(raw, "Killed process");
    int inside = head + 40;
    String time = new String(raw.get(inside), StandardCharsets.ISO_8859_1);
    raw.add(
        inside + 1,
        (time.substring(0, time.indexOf("] ") + 2) + text).getBytes(StandardCharsets.ISO_8859_1));
    List<HostLine> lines =
        Lines.decode(Lines.records(raw.subList(head, end + 2), "log", 1_000), "lab");
    try (var harness = opened()) {
      feed(harness, lines.subList(0, 42));
      harness.processWatermark(20_000);
      assertThat(reports(harness)).isEmpty();
      for (HostLine line : lines.subList(42, lines.size())) {
        harness.processElement(line.arrivedAt(21_000), 21_000);
      }
      harness.processWatermark(Long.MAX_VALUE);
      assertThat(reports(harness)).hasSize(1);
      assertThat(reports(harness).get(0).lines()).hasSameSizeAs(lines);
      assertThat(reports(harness).get(0).lines().get(41).text()).isEqualTo(text);
      assertEmpty(harness);
    }
    try (var harness = opened()) {
      feed(harness, lines.subList(0, 42));
      harness.processWatermark(Long.MAX_VALUE);
      assertThat(reports(harness)).hasSize(1);
      assertThat(reports(harness).get(0).lines()).hasSize(41);
      assertEmpty(harness);
    }
    try (var harness = opened()) {
      feed(harness, lines.subList(41, 42));
      harness.processWatermark(1_000 + SETTLING + STRAGGLER);
      assertThat(harness.extractOutputValues()).isEmpty();
      assertThat(deadLetters(harness)).isEmpty();
      assertEmpty(harness);
    }
  }

  private static int indexOf(List<byte[]> lines, String part) {
    for (int i = 0; i < lines.size(); i++) {
      if (new String(lines.get(i), StandardCharsets.ISO_8859_1).contains(part)) {
        return i;
      }
    }
    throw new AssertionError("no line holds " + part);
  }

  @Test
  void manyHostsLeaveNothingBehind() throws Exception {
    try (var harness = opened()) {
      for (int host = 0; host < 50; host++) {
        for (HostLine line : BLOCK.subList(0, 10 + host)) {
          harness.processElement(onHost(line, "host-" + host), 1_000);
        }
      }
      assertThat(harness.numEventTimeTimers()).isEqualTo(50);
      assertThat(harness.numProcessingTimeTimers()).isEqualTo(50);
      harness.processWatermark(Long.MAX_VALUE);
      assertEmpty(harness);
    }
  }

  @Test
  void stateTypesAreNotGeneric() {
    assertThat(Types.HOST_LINE.isBasicType()).isFalse();
    assertThat(Types.HOST_LINE.getClass().getSimpleName()).isEqualTo("PojoTypeInfo");
    assertThat(Types.BUFFER_HEADER.getClass().getSimpleName()).isEqualTo("PojoTypeInfo");
    assertThat(Types.LINE_BLOCK.getClass().getSimpleName()).isEqualTo("PojoTypeInfo");
  }

  private static HostLine only(LineRule rule) {
    return BLOCK.stream()
        .filter(l -> Classifier.classify(l.line().text()) == rule)
        .findFirst()
        .orElseThrow();
  }

  private static HostLine withText(HostLine line, String text) {
    return HostLine.of(line.line().withText(text), line.recordKey(), line.effectiveTime());
  }

  private static HostLine onHost(HostLine line, String host) {
    var own = line.line();
    return HostLine.of(
        new io.oomstream.format.line.KernelLine(
            host,
            own.bootId(),
            own.wallTimeUs(),
            own.kernelTimeUs(),
            own.sequence(),
            own.facility(),
            own.level(),
            own.caller(),
            own.fragmentOffset(),
            own.text(),
            own.topic(),
            own.partition(),
            own.offset(),
            own.index(),
            own.timestamp()),
        line.recordKey(),
        line.effectiveTime());
  }

  private static List<String> texts(List<LineBlock> reports) {
    return reports.stream().flatMap(r -> r.lines().stream()).map(l -> l.text()).toList();
  }
}

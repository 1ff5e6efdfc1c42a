package io.oomstream.function;

import static org.assertj.core.api.Assertions.assertThat;

import io.oomstream.assemble.AssembleSettings;
import io.oomstream.assemble.HostLine;
import io.oomstream.assemble.segment.BootLog;
import io.oomstream.assemble.segment.LineBlock;
import io.oomstream.assemble.segment.SegmentLimits;
import io.oomstream.block.BlockParser;
import io.oomstream.block.KernelBlock;
import io.oomstream.event.MemoryBlock;
import io.oomstream.event.section.Memory;
import io.oomstream.format.line.KernelLine;
import io.oomstream.kernel.Classifier;
import io.oomstream.kernel.LineRule;
import io.oomstream.kernel.Role;
import io.oomstream.lab.LabLogs;
import io.oomstream.lab.Lines;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What a host's boots said of memory, in the job's state and in its blocks. */
class BootMemoryInJobTest {

  private static final long DAY = 24 * 3_600_000L;
  private static final AssembleSettings SETTINGS = AssembleSettings.defaults();

  /** When all that was sent at a time is concluded. */
  private static final long SETTLED = SETTINGS.settlingMs() + SETTINGS.stragglerMs() + 1_000;

  private static final List<HostLine> ALL =
      Lines.of(LabLogs.one("6.12.117+deb13-amd64", "01-global-noswap", "kmsg.log"), 0);
  private static final List<HostLine> BOOT = ALL.stream().filter(l -> isOfBoot(l)).toList();
  private static final List<HostLine> KILL = ALL.stream().filter(l -> !isOfBoot(l)).toList();

  private static boolean isOfBoot(HostLine line) {
    LineRule rule = Classifier.classify(line.line().text());
    return rule != null && rule.role() == Role.BOOT;
  }

  private static HostLine at(HostLine line, long time, @Nullable String bootId) {
    KernelLine l = line.line();
    KernelLine moved =
        new KernelLine(
            l.host(),
            bootId,
            l.wallTimeUs(),
            l.kernelTimeUs(),
            l.sequence(),
            l.facility(),
            l.level(),
            l.caller(),
            l.fragmentOffset(),
            l.text(),
            l.topic(),
            l.partition(),
            time * 100_000 + l.offset(),
            l.index(),
            time);
    return HostLine.of(moved, line.recordKey(), time);
  }

  private static List<HostLine> at(List<HostLine> lines, long time, @Nullable String bootId) {
    return lines.stream().map(line -> at(line, time, bootId)).toList();
  }

  private static KeyedOneInputStreamOperatorTestHarness<String, HostLine, LineBlock> harness(
      AssembleSettings settings) throws Exception {
    return new KeyedOneInputStreamOperatorTestHarness<>(
        new KeyedProcessOperator<>(new AssembleFunction(settings)),
        line -> line.line().key(),
        TypeInformation.of(String.class));
  }

  private static KeyedOneInputStreamOperatorTestHarness<String, HostLine, LineBlock> opened(
      AssembleSettings settings) throws Exception {
    var harness = harness(settings);
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

  private static List<Memory.@Nullable Boot> boots(
      KeyedOneInputStreamOperatorTestHarness<String, HostLine, LineBlock> harness) {
    List<Memory.@Nullable Boot> boots = new ArrayList<>();
    for (LineBlock block : harness.extractOutputValues()) {
      if (block.kind() == MemoryBlock.Kind.OOM) {
        KernelBlock parsed = BlockParser.parse(block);
        boots.add(Objects.requireNonNull(parsed.memory()).boot());
      }
    }
    return boots;
  }

  @Test
  void aKillMonthsAfterTheBootIsHeldAgainstIt() throws Exception {
    try (var harness = opened(SETTINGS)) {
      feed(harness, at(BOOT, 1_000, null));
      harness.processWatermark(SETTLED + 1_000);
      assertThat(harness.numKeyedStateEntries()).as("the boot alone").isOne();
      assertThat(harness.numEventTimeTimers()).as("its end").isOne();
      harness.processWatermark(60 * DAY);
      feed(harness, at(KILL, 60 * DAY, null));
      harness.processWatermark(60 * DAY + SETTLED);
      harness.processWatermark(140 * DAY);
      feed(harness, at(KILL, 140 * DAY, null));
      harness.processWatermark(140 * DAY + SETTLED);
      assertThat(boots(harness)).hasSize(2).doesNotContainNull();
      assertThat(harness.numKeyedStateEntries()).isOne();
      harness.processWatermark(231 * DAY);
      assertThat(harness.numKeyedStateEntries()).as("forgotten").isZero();
      assertThat(harness.numEventTimeTimers()).isZero();
      assertThat(harness.numProcessingTimeTimers()).isZero();
    }
  }

  @Test
  void nothingIsKnownWithoutTheBootsLinesOrAfterTheTime() throws Exception {
    try (var harness = opened(SETTINGS)) {
      feed(harness, at(KILL, 1_000, null));
      harness.processWatermark(SETTLED + 1_000);
      assertThat(harness.numKeyedStateEntries()).isZero();
      feed(harness, at(BOOT, 50_000, null));
      feed(harness, at(KILL, 100 * DAY, null));
      harness.processWatermark(100 * DAY + SETTLED);
      assertThat(boots(harness)).containsExactly(null, null);
      assertThat(harness.numKeyedStateEntries()).isZero();
    }
  }

  @Test
  void manyBootsOfAHostAreNoMoreStateThanTwo() throws Exception {
    try (var harness = opened(SETTINGS)) {
      for (int boot = 0; boot < 20; boot++) {
        feed(harness, at(BOOT, boot * 100_000L, "b" + boot));
        harness.processWatermark(boot * 100_000L + SETTLED);
      }
      assertThat(harness.numKeyedStateEntries()).isOne();
      assertThat(harness.numEventTimeTimers()).isOne();
      harness.processWatermark(Long.MAX_VALUE);
      assertThat(harness.numKeyedStateEntries()).isZero();
    }
  }

  @Test
  void aFloodOfSuchLinesStaysSmall() throws Exception {
    try (var harness = opened(SETTINGS)) {
      HostLine freed =
          BOOT.stream().filter(l -> l.line().text().startsWith("Freeing ")).findFirst().get();
      for (int i = 0; i < 5_000; i++) {
        KernelLine line = freed.line().withText("Freeing part " + i + " memory: 4K");
        harness.processElement(at(HostLine.of(line, null, 0), 1_000 + i, null), 1_000 + i);
      }
      feed(harness, at(KILL, 90_000, null));
      harness.processWatermark(90_000 + SETTLED);
      LineBlock block =
          harness.extractOutputValues().stream()
              .filter(b -> b.kind() == MemoryBlock.Kind.OOM)
              .findFirst()
              .get();
      String boot = Objects.requireNonNull(block.boot());
      assertThat(boot.getBytes(StandardCharsets.UTF_8).length)
          .isBetween(BootLog.MOST_BYTES / 2, BootLog.MOST_BYTES);
    }
  }

  @Test
  void switchedOffItKeepsNothing() throws Exception {
    AssembleSettings off =
        new AssembleSettings(5_000, 3_000, 30_000, 100_000, 32L << 20, 0, SegmentLimits.defaults());
    try (var harness = opened(off)) {
      feed(harness, at(BOOT, 1_000, null));
      feed(harness, at(KILL, 2_000, null));
      harness.processWatermark(2_000 + SETTLED);
      assertThat(boots(harness)).containsExactly((Memory.Boot) null);
      assertThat(harness.numKeyedStateEntries()).isZero();
      assertThat(harness.numEventTimeTimers()).isZero();
    }
  }

  @Test
  void anyOrderAndAnyRestoreGiveTheSame() throws Exception {
    List<HostLine> lines = new ArrayList<>(at(BOOT, 1_000, null));
    lines.addAll(at(KILL, 20_000, null));
    lines.addAll(at(BOOT, 40_000, null));
    lines.addAll(at(KILL, 41_000, null));
    List<LineBlock> straight;
    try (var harness = opened(SETTINGS)) {
      feed(harness, lines);
      harness.processWatermark(Long.MAX_VALUE);
      straight = harness.extractOutputValues();
      assertThat(boots(harness)).hasSize(2).doesNotContainNull();
    }
    List<HostLine> shuffled = new ArrayList<>(lines);
    shuffled.addAll(at(BOOT.subList(3, 9), 1_500, null));
    Collections.shuffle(shuffled, new Random(5));
    for (int cut : new int[] {0, 10, 100, shuffled.size()}) {
      OperatorSubtaskState state;
      List<LineBlock> found = new ArrayList<>();
      try (var harness = opened(SETTINGS)) {
        feed(harness, shuffled.subList(0, cut));
        state = harness.snapshot(1, 1);
        found.addAll(harness.extractOutputValues());
      }
      try (var harness = harness(SETTINGS)) {
        harness.initializeState(state);
        harness.open();
        feed(harness, shuffled.subList(cut, shuffled.size()));
        for (long time = 0; time < 60_000; time += 700) {
          harness.processWatermark(time);
        }
        state = harness.snapshot(2, 2);
        found.addAll(harness.extractOutputValues());
        harness.processWatermark(Long.MAX_VALUE);
        assertThat(harness.numKeyedStateEntries()).isZero();
      }
      assertThat(found).isEqualTo(straight);
    }
  }

  @Test
  void aBootIdDecides() throws Exception {
    try (var harness = opened(SETTINGS)) {
      feed(harness, at(BOOT, 1_000, "a"));
      harness.processWatermark(1_000 + SETTLED);
      feed(harness, at(KILL, 100_000, "b"));
      harness.processWatermark(100_000 + SETTLED);
      feed(harness, at(BOOT, 200_000, "c"));
      harness.processWatermark(200_000 + SETTLED);
      feed(harness, at(KILL, 300_000, "a"));
      harness.processWatermark(300_000 + SETTLED);
      List<Memory.@Nullable Boot> boots = boots(harness);
      assertThat(boots).hasSize(2);
      assertThat(boots.get(0)).as("of b no line came").isNull();
      assertThat(boots.get(1)).as("late, of the boot before").isNotNull();
    }
  }

  @Test
  void aKernelClockThatFellIsAnotherBoot() throws Exception {
    try (var harness = opened(SETTINGS)) {
      feed(harness, at(BOOT, 1_000, null));
      feed(harness, at(later(KILL, 900_000_000L), 901_000, null));
      harness.processWatermark(901_000 + SETTLED);
      feed(harness, at(KILL, 950_000, null));
      harness.processWatermark(950_000 + SETTLED);
      List<Memory.@Nullable Boot> boots = boots(harness);
      assertThat(boots).hasSize(2);
      assertThat(boots.get(0)).isNotNull();
      assertThat(boots.get(1)).as("its own boot's lines did not come").isNull();
    }
  }

  private static List<HostLine> later(List<HostLine> lines, long us) {
    List<HostLine> later = new ArrayList<>();
    for (HostLine line : lines) {
      KernelLine l = line.line();
      Long time = l.kernelTimeUs();
      later.add(
          HostLine.of(
              new KernelLine(
                  l.host(),
                  l.bootId(),
                  l.wallTimeUs(),
                  time == null ? null : time + us,
                  l.sequence(),
                  l.facility(),
                  l.level(),
                  l.caller(),
                  l.fragmentOffset(),
                  l.text(),
                  l.topic(),
                  l.partition(),
                  l.offset(),
                  l.index(),
                  l.timestamp()),
              line.recordKey(),
              line.effectiveTime()));
    }
    return later;
  }
}

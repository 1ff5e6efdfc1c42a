package io.oomstream.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import io.oomstream.assemble.segment.ClassifiedLine;
import io.oomstream.assemble.segment.LineBlock;
import io.oomstream.block.BlockParser;
import io.oomstream.block.KernelBlock;
import io.oomstream.diagnosis.context.Thresholds;
import io.oomstream.event.MemoryBlock;
import io.oomstream.event.section.BlockInfo;
import io.oomstream.event.section.Cause;
import io.oomstream.kernel.Section;
import io.oomstream.lab.LabLogs;
import io.oomstream.lab.PlainPipeline;
import io.oomstream.lab.ReportFixture;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every report that we have without any one of its sections: the cause is the same, one that the
 * whole report bears out too, or undetermined with a reason.
 */
class LostSectionTest {

  static Stream<LabLogs.LabLog> logs() {
    return LabLogs.all().stream().filter(log -> log.form().equals("kmsg.log"));
  }

  static Stream<ReportFixture> reports() {
    return ReportFixture.all().stream();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("logs")
  void noSectionLessMakesAnotherCauseInTheLab(LabLogs.LabLog log) {
    check(LabReports.of(log));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("reports")
  void norInReportsOfOtherKernels(ReportFixture fixture) {
    check(PlainPipeline.run(fixture.hostLines()).parsed());
  }

  private static void check(List<KernelBlock> reports) {
    for (KernelBlock whole : reports) {
      if (whole.kind() != MemoryBlock.Kind.OOM) {
        continue;
      }
      Cause known = causeOf(whole);
      Set<Cause.Kind> supported = EnumSet.of(known.primary(), Cause.Kind.UNDETERMINED);
      supported.addAll(known.contributing());
      supported.addAll(weaker(known.primary()));
      for (Section section : Section.values()) {
        List<ClassifiedLine> left =
            whole.lines().stream().filter(l -> l.rule().section() != section).toList();
        if (left.isEmpty() || left.size() == whole.lines().size()) {
          continue;
        }
        Cause cause = causeOf(parse(left));
        assertThat(cause.primary()).as("without %s: %s", section, cause.why()).isIn(supported);
        assertThat(cause.evidence()).as("without %s", section).isNotEmpty();
        assertThat(cause.why()).allSatisfy(s -> assertThat(s).doesNotContain("null", "{", "NaN"));
      }
    }
  }

  /**
   * What a report shows of the same facts where the words that name the cause are lost. Without the
   * summary a cpuset's report is one of memory that processes used up; without the pools of huge
   * pages what they hold is in no counter, and processes are known to hold the rest.
   */
  private static Set<Cause.Kind> weaker(Cause.Kind kind) {
    return switch (kind) {
      case CPUSET_OR_POLICY -> EnumSet.of(Cause.Kind.MEMORY_EXHAUSTED);
      case FORK_BOMB -> EnumSet.of(Cause.Kind.PAGE_TABLE_BLOAT);
      default -> EnumSet.noneOf(Cause.Kind.class);
    };
  }

  private static KernelBlock parse(List<ClassifiedLine> lines) {
    return BlockParser.parse(
        new LineBlock(MemoryBlock.Kind.OOM, lines, BlockInfo.ClosedBy.TERMINATOR, 0, 0, 0));
  }

  private static Cause causeOf(KernelBlock block) {
    return Objects.requireNonNull(
        Objects.requireNonNull(Diagnosis.of(block, "h", Thresholds.defaults()).block()).cause());
  }
}

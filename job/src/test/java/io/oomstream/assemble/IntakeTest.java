package io.oomstream.assemble;

import static org.assertj.core.api.Assertions.assertThat;

import io.oomstream.format.line.KernelLine;
import org.junit.jupiter.api.Test;

/** What one more line or note means for the steps to come. */
class IntakeTest {

  private static final AssembleSettings SETTINGS = AssembleSettings.defaults();

  @Test
  void theFirstStepIsTheEarliestLinesWhateverCameFirst() {
    Intake inOrder = Intake.EMPTY.with(line(10_200), SETTINGS).with(line(13_000), SETTINGS);
    Intake reversed = Intake.EMPTY.with(line(13_000), SETTINGS).with(line(10_200), SETTINGS);
    assertThat(inOrder).isEqualTo(reversed);
    assertThat(inOrder.plan().next()).isEqualTo(16_000);
    assertThat(inOrder.size().lines()).isEqualTo(2);
  }

  @Test
  void aNoteCausesNoStepWhereThereAreLines() {
    Intake noteFirst = Intake.EMPTY.with(note(1_000), SETTINGS).with(line(10_200), SETTINGS);
    Intake lineFirst = Intake.EMPTY.with(line(10_200), SETTINGS).with(note(1_000), SETTINGS);
    assertThat(noteFirst).isEqualTo(lineFirst);
    assertThat(noteFirst.plan().next()).isEqualTo(16_000);
    assertThat(Intake.EMPTY.with(note(1_000), SETTINGS).plan().next())
        .as("alone it waits to be forgotten")
        .isEqualTo(6_000);
  }

  @Test
  void noStepIsTakenTwice() {
    Intake later = new Intake(Intake.EMPTY.size(), new StepPlan(20_000, StepPlan.NEVER, 0));
    assertThat(later.with(line(1_000), SETTINGS).plan().next()).isGreaterThan(20_000);
    assertThat(later.with(line(Long.MAX_VALUE), SETTINGS).plan().next()).isLessThan(StepPlan.NEVER);
  }

  private static TimedLine line(long time) {
    return TimedLine.of(
        new KernelLine("h", null, null, 1L, 1L, 0, 4, null, null, "Mem-Info:", "t", 0, 0, 0, time));
  }

  private static SequenceNote note(long time) {
    return line(time).noting(new long[] {1, 2});
  }
}

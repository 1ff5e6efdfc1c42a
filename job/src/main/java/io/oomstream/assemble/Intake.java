package io.oomstream.assemble;

/**
 * What must be known of a host's buffer to take one more line, without reading the lines that are
 * there.
 *
 * <p>Notes never cause a step while there are lines: whether one has come yet depends on the order
 * of arrival. Without lines they only wait to be forgotten.
 */
public record Intake(BufferSize size, StepPlan plan) {

  public static final Intake EMPTY = new Intake(BufferSize.EMPTY, StepPlan.EMPTY);

  public Intake with(TimedLine line, AssembleSettings settings) {
    StepPlan before =
        size.lines() > 0 ? plan : new StepPlan(plan.last(), StepPlan.NEVER, plan.lines());
    return new Intake(size.withLine(line.bytes()), before.with(line.time(), settings.settlingMs()));
  }

  public Intake with(SequenceNote note, AssembleSettings settings) {
    return new Intake(
        size.withNote(note.bytes()),
        size.lines() > 0 ? plan : plan.with(note.time(), settings.settlingMs()));
  }

  public Intake withRefused() {
    return new Intake(size.withRefused(size.refused() + 1), plan);
  }

  /** What a conclusion left. The blocks that left have stated what was refused. */
  Intake after(StepsResult conclusion) {
    BufferSize left = BufferSize.EMPTY;
    for (AssemblyInput input : conclusion.left()) {
      left =
          input instanceof SequenceNote note
              ? left.withNote(note.bytes())
              : left.withLine(AssemblyCost.of(input.line(), input.dropped()));
    }
    return new Intake(
        left.withRefused(conclusion.blocks().isEmpty() ? size.refused() : 0), conclusion.plan());
  }
}

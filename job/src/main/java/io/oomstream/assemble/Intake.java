package io.oomstream.assemble;

/**
 * What is needed to add a line to a host's buffer without reading the buffer.
 *
 * <p>While there are lines, notes never cause a step: steps must not depend on the order of
 * arrival. Without lines, notes only wait to be dropped.
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

  /** After a conclusion. The emitted blocks have the number of refused lines. */
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

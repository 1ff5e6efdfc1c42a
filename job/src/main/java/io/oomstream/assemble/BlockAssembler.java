package io.oomstream.assemble;

import io.oomstream.assemble.segment.LineBlock;
import io.oomstream.event.section.BlockInfo;
import io.oomstream.function.AssembleFunction;
import java.util.ArrayList;
import java.util.List;

/**
 * One host's lines to its blocks, in plain Java: takes lines in any order, is told how far event
 * time has come, and gives the blocks that have settled by then. The job keeps what is here in
 * keyed state and rebuilds this object when something is due ({@link AssembleFunction}); a loop
 * over a file's lines keeps the object.
 *
 * <p>Example: {@code add} the lines of a block with times about 10 s, then {@code advance(20_000)}:
 * with the default settings the block has settled at 16 s, is waited for by the 3 s that lines may
 * come behind event time, and is returned. What has no end in the log yet is returned by {@code
 * end()}.
 *
 * <p>Not thread-safe.
 */
public final class BlockAssembler {

  /**
   * What came out.
   *
   * @param blocks finished blocks, in order
   * @param orphans lines that no block claims
   * @param refused lines that begin or end a block and for which there was no room
   */
  public record Assembly(
      List<LineBlock> blocks, List<TimedLine> orphans, List<TimedLine> refused) {}

  private final AssembleSettings settings;
  private final Admission admission;
  private List<AssemblyInput> kept;
  private Intake intake;
  private long earliest = Long.MIN_VALUE;
  private final List<LineBlock> alone = new ArrayList<>();
  private final List<TimedLine> refused = new ArrayList<>();

  public BlockAssembler(AssembleSettings settings) {
    this(settings, List.of(), Intake.EMPTY);
  }

  /** An assembler that goes on with what another has left. */
  public BlockAssembler(AssembleSettings settings, List<AssemblyInput> kept, Intake intake) {
    this.settings = settings;
    this.admission = new Admission(settings);
    this.kept = new ArrayList<>(kept);
    this.intake = intake;
  }

  /** Takes a line in. One that comes too late for its own time counts as one of this moment. */
  public void add(TimedLine given) {
    TimedLine line = given.notBefore(earliest);
    switch (admission.of(line, intake.size())) {
      case KEEP -> {
        kept.add(line);
        intake = intake.with(line, settings);
      }
      case ALONE -> alone.add(AssemblySteps.alone(line.classified()));
      case LEAVE_OUT -> {}
      case REFUSE -> intake = intake.withRefused();
      case REFUSE_KEY -> {
        intake = intake.withRefused();
        refused.add(line);
      }
    }
  }

  /** Takes word of sequence numbers in. */
  public void add(SequenceNote given) {
    if (admission.hasRoomForNote(intake.size())) {
      SequenceNote note = given.notBefore(earliest);
      kept.add(note);
      intake = intake.with(note, settings);
    }
  }

  /**
   * Event time has come to the moment: nothing earlier is to be expected.
   *
   * @param time milliseconds
   */
  public Assembly advance(long time) {
    earliest = Math.max(earliest, Times.minus(time, settings.stragglerMs()));
    return assembly(concluded(time, BlockInfo.ClosedBy.GAP));
  }

  /** What needs no waiting for: lines that stand alone, and those that were refused. */
  public Assembly atOnce() {
    Assembly assembly = new Assembly(List.copyOf(alone), List.of(), List.copyOf(refused));
    alone.clear();
    refused.clear();
    return assembly;
  }

  /**
   * Event time of the next step, milliseconds: {@link #advance} to an earlier one changes nothing.
   */
  public long dueAt() {
    return Times.plus(intake.plan().next(), settings.stragglerMs());
  }

  /** No more lines come. */
  public Assembly end() {
    return assembly(concluded(StepsResult.ALL, BlockInfo.ClosedBy.END_OF_INPUT));
  }

  /** Whether nothing waits. */
  public boolean isEmpty() {
    return kept.isEmpty();
  }

  /**
   * Concludes what is due and keeps the rest.
   *
   * @param time event time, milliseconds; {@link StepsResult#ALL} for everything
   * @param otherwise what ended blocks that nothing in the log has ended
   */
  public StepsResult concluded(long time, BlockInfo.ClosedBy otherwise) {
    StepsResult conclusion =
        StepsResult.of(kept, time, intake.plan(), settings, intake.size().refused(), otherwise);
    kept = new ArrayList<>(conclusion.left());
    intake = intake.after(conclusion);
    return conclusion;
  }

  /** What is left, for the next. */
  public Intake intake() {
    return intake;
  }

  private Assembly assembly(StepsResult conclusion) {
    List<LineBlock> blocks = new ArrayList<>(alone);
    blocks.addAll(conclusion.blocks());
    Assembly assembly = new Assembly(blocks, conclusion.orphans(), List.copyOf(refused));
    alone.clear();
    refused.clear();
    return assembly;
  }
}

package io.oomstream.assemble;

import io.oomstream.assemble.segment.BootLedger;
import io.oomstream.assemble.segment.LineBlock;
import io.oomstream.event.section.BlockInfo;
import java.util.ArrayList;
import java.util.List;

/**
 * One host's lines to its blocks, in plain Java. Lines come in any order; {@code advance} says how
 * far event time has come and returns the blocks that have settled. The job keeps the lines in
 * keyed state and rebuilds this object when something is due ({@code AssembleFunction}); a loop
 * over the lines of a file keeps the object.
 *
 * <p>Example: {@code add} the lines of a block with times about 10 s, then {@code advance(20_000)}:
 * with the default settings the block has settled at 16 s, lines can come 3 s behind event time, so
 * the block is returned. A block without an end in the log is returned by {@code end()}.
 *
 * <p>Not thread-safe.
 */
public final class BlockAssembler {

  /**
   * The result.
   *
   * @param blocks finished blocks, in order
   * @param orphans lines that no block claims
   * @param refused lines that begin or end a block and had no room
   */
  public record Assembly(
      List<LineBlock> blocks, List<TimedLine> orphans, List<TimedLine> refused) {}

  private final AssembleSettings settings;
  private final Admission admission;
  private List<AssemblyInput> kept;
  private Intake intake;
  private BootLedger ledger;
  private long earliest = Long.MIN_VALUE;
  private final List<LineBlock> singles = new ArrayList<>();
  private final List<TimedLine> refused = new ArrayList<>();

  public BlockAssembler(AssembleSettings settings) {
    this(settings, List.of(), Intake.EMPTY, BootLedger.NONE);
  }

  /** An assembler that continues from the state of another one. */
  public BlockAssembler(
      AssembleSettings settings, List<AssemblyInput> kept, Intake intake, BootLedger ledger) {
    this.ledger = ledger;
    this.settings = settings;
    this.admission = new Admission(settings);
    this.kept = new ArrayList<>(kept);
    this.intake = intake;
  }

  /** One with these settings that has taken in what this one keeps. */
  public BlockAssembler with(AssembleSettings others) {
    BlockAssembler next = new BlockAssembler(others, List.of(), Intake.EMPTY, ledger);
    next.earliest = earliest;
    next.singles.addAll(singles);
    next.refused.addAll(refused);
    for (AssemblyInput input : kept) {
      if (input instanceof TimedLine line) {
        next.add(line);
      } else if (input instanceof SequenceNote note) {
        next.add(note);
      }
    }
    return next;
  }

  /** Adds a line. If it comes too late for its own time, it gets the current one. */
  public void add(TimedLine given) {
    TimedLine line = given.notBefore(earliest);
    switch (admission.of(line, intake.size())) {
      case KEEP -> {
        kept.add(line);
        intake = intake.with(line, settings);
      }
      case ALONE -> singles.add(AssemblySteps.single(line.classified()));
      case LEAVE_OUT -> {}
      case REFUSE -> intake = intake.withRefused();
      case REFUSE_KEY -> {
        intake = intake.withRefused();
        refused.add(line);
      }
    }
  }

  /** Adds a note of sequence numbers. */
  public void add(SequenceNote given) {
    if (admission.hasRoomForNote(intake.size())) {
      SequenceNote note = given.notBefore(earliest);
      kept.add(note);
      intake = intake.with(note, settings);
    }
  }

  /**
   * Event time has reached the moment: no earlier line is expected.
   *
   * @param time milliseconds
   */
  public Assembly advance(long time) {
    earliest = Math.max(earliest, Times.minus(time, settings.stragglerMs()));
    return assembly(concluded(time, BlockInfo.ClosedBy.GAP));
  }

  /** What does not wait: blocks of one line, and lines that were refused. */
  public Assembly atOnce() {
    Assembly assembly = new Assembly(List.copyOf(singles), List.of(), List.copyOf(refused));
    singles.clear();
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

  /** Whether the buffer is empty. */
  public boolean isEmpty() {
    return kept.isEmpty();
  }

  /**
   * Concludes what is due and keeps the rest.
   *
   * @param time event time, milliseconds; {@link StepsResult#ALL} for everything
   * @param otherwise the reason why blocks without an end in the log are ended now
   */
  public StepsResult concluded(long time, BlockInfo.ClosedBy otherwise) {
    StepsResult conclusion =
        StepsResult.of(
            kept, time, intake.plan(), ledger, settings, intake.size().refused(), otherwise);
    ledger = conclusion.ledger();
    kept = new ArrayList<>(conclusion.left());
    intake = intake.after(conclusion);
    return conclusion;
  }

  /** What is known of the host's boots. */
  public BootLedger ledger() {
    return ledger;
  }

  /** The state for the next assembler. */
  public Intake intake() {
    return intake;
  }

  private Assembly assembly(StepsResult conclusion) {
    List<LineBlock> blocks = new ArrayList<>(singles);
    blocks.addAll(conclusion.blocks());
    Assembly assembly = new Assembly(blocks, conclusion.orphans(), List.copyOf(refused));
    singles.clear();
    refused.clear();
    return assembly;
  }
}

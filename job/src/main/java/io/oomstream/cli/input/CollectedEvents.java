package io.oomstream.cli.input;

import io.oomstream.cli.report.UnfinishedBlocks;
import io.oomstream.cli.summary.InputSummary;
import io.oomstream.event.DeadLetter;
import io.oomstream.event.MemoryBlock;
import io.oomstream.event.OutgoingEvent;
import io.oomstream.local.PlainOutput;
import java.util.ArrayList;
import java.util.List;

/** Keeps what comes out, until the files have ended. */
final class CollectedEvents implements PlainOutput {

  private final FileAnalysis.Blocks wanted;
  private final List<OutgoingEvent> kills = new ArrayList<>();
  private final List<OutgoingEvent> signals = new ArrayList<>();
  private final List<OutgoingEvent> blocks = new ArrayList<>();
  private final List<DeadLetter> deadLetters = new ArrayList<>();

  CollectedEvents(FileAnalysis.Blocks wanted) {
    this.wanted = wanted;
  }

  @Override
  public void kill(OutgoingEvent event) {
    kills.add(event);
  }

  @Override
  public void signal(OutgoingEvent event) {
    signals.add(event);
  }

  @Override
  public boolean wants(MemoryBlock block) {
    return switch (wanted) {
      case NONE -> false;
      case UNFINISHED -> UnfinishedBlocks.isOne(block);
      case ALL -> true;
    };
  }

  @Override
  public void block(OutgoingEvent event) {
    blocks.add(event);
  }

  @Override
  public void deadLetter(DeadLetter letter) {
    deadLetters.add(letter);
  }

  /** What has come out since the last time. */
  FileAnalysis.Result take(InputSummary summary, int unreadable) {
    FileAnalysis.Result result = result(summary, unreadable);
    kills.clear();
    signals.clear();
    blocks.clear();
    deadLetters.clear();
    return result;
  }

  FileAnalysis.Result result(InputSummary summary, int unreadable) {
    return new FileAnalysis.Result(
        List.copyOf(kills),
        List.copyOf(signals),
        List.copyOf(blocks),
        List.copyOf(deadLetters),
        summary,
        unreadable);
  }
}

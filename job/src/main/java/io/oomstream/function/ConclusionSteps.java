package io.oomstream.function;

import io.oomstream.block.ClassifiedLine;
import io.oomstream.block.LineBlock;
import io.oomstream.block.LineOrder;
import io.oomstream.block.Segment;
import io.oomstream.block.Segmenter;
import io.oomstream.block.SequenceGaps;
import io.oomstream.block.Trust;
import io.oomstream.event.BlockInfo;
import io.oomstream.event.MemoryBlock;
import io.oomstream.format.KernelLine;
import io.oomstream.kernel.Classifier;
import io.oomstream.kernel.LineRule;
import io.oomstream.state.HostLine;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Concludes a host's buffer in steps of event time. A step at a moment sees the lines up to that
 * moment and no later ones, so that what comes out depends on the lines' times alone, and neither
 * on the order in which they came nor on how far event time jumped.
 */
final class ConclusionSteps {

  private static final Comparator<HostLine> BY_TIME =
      Comparator.comparingLong(HostLine::arrival)
          .thenComparing((HostLine l) -> l.line().topic())
          .thenComparingInt(l -> l.line().partition())
          .thenComparingLong(l -> l.line().offset())
          .thenComparingInt(l -> l.line().index());

  /** Steps are that far apart at least; more where a flood makes a step dear. */
  private static final long STEP_MS = 1_000;

  private static final int LINES_A_STEP = 5_000;

  /** Room for what is added to a time; later times are none. */
  private static final long FAR = 1L << 40;

  private final AssembleSettings settings;
  private final long refused;
  private final BlockInfo.ClosedBy otherwise;
  private final List<HostLine> waiting;
  private final Map<ClassifiedLine, HostLine> origins = new IdentityHashMap<>();
  private final BufferConclusion.Builder out = new BufferConclusion.Builder();
  private List<ClassifiedLine> active = new ArrayList<>();
  private List<ClassifiedLine> forged = new ArrayList<>();
  private List<HostLine> notes = new ArrayList<>();
  private int next;

  /**
   * @param refused lines that the buffer had to refuse: the reports are then not complete
   * @param otherwise what ended reports that nothing in the log has ended
   */
  ConclusionSteps(
      List<HostLine> buffer,
      AssembleSettings settings,
      long refused,
      BlockInfo.ClosedBy otherwise) {
    this.settings = settings;
    this.refused = refused;
    this.otherwise = otherwise;
    waiting = new ArrayList<>(buffer.size());
    List<HostLine> sorted = new ArrayList<>(buffer);
    sorted.sort(BY_TIME);
    Set<Place> places = new HashSet<>();
    for (HostLine line : sorted) {
      if (line.isNote() || places.add(Place.of(line.line()))) {
        waiting.add(line);
      } else {
        out.duplicates++;
      }
    }
  }

  private record Place(String topic, int partition, long offset, int index) {
    static Place of(KernelLine line) {
      return new Place(line.topic(), line.partition(), line.offset(), line.index());
    }
  }

  /**
   * Takes every step up to the moment.
   *
   * @param from the first step that has not been taken: the lines that stayed have seen those
   *     before
   */
  BufferConclusion until(long moment, long from) {
    long due = Long.MAX_VALUE;
    while (true) {
      if (next < waiting.size()) {
        long own = dueAfter(waiting.get(next).arrival(), settings.settlingMs());
        due = Math.min(due, Math.max(own, from));
      }
      if (due == Long.MAX_VALUE || due > moment) {
        break;
      }
      due = step(due);
    }
    active.forEach(line -> out.left.add(originOf(line)));
    forged.forEach(line -> out.left.add(originOf(line)));
    out.left.addAll(notes);
    out.left.addAll(waiting.subList(next, waiting.size()));
    return out.build(due);
  }

  /** Concludes what is due, and tells when the next is. */
  private long step(long now) {
    while (next < waiting.size() && waiting.get(next).arrival() <= now) {
      take(waiting.get(next++));
    }
    Segmenter.Segments segments = Segmenter.segment(active, settings.limits());
    List<ClassifiedLine> leave = new ArrayList<>(segments.duplicates());
    out.duplicates += segments.duplicates().size();
    List<ClassifiedLine> stay = new ArrayList<>();
    List<Segment> finished = new ArrayList<>();
    long due = Long.MAX_VALUE;
    long openMs = Math.max(settings.settlingMs(), settings.limits().maxGapUs() / 1000);
    List<Segment> ended = new ArrayList<>();
    Set<ClassifiedLine> needed = Collections.newSetFromMap(new IdentityHashMap<>());
    for (Segment segment : segments.reports()) {
      long patience = segment.closedBy() == null ? openMs : settings.settlingMs();
      long end = dueAfter(newest(segment.sources()), patience);
      if (end > now) {
        due = Math.min(due, end);
        stay.addAll(segment.sources());
        stay.addAll(segment.held());
        needed.addAll(segment.told());
      } else {
        ended.add(segment);
      }
    }
    for (Segment segment : ended) {
      boolean isNeeded = needed.containsAll(segment.sources());
      (isNeeded ? stay : leave).addAll(segment.sources());
      (isNeeded ? stay : leave).addAll(segment.held());
      out.unclaimed += isNeeded ? 0 : segment.held().size();
      if (!isNeeded) {
        finished.add(segment);
      }
    }
    due = Math.min(due, stepForged(now, leave));
    emit(finished);
    List<ClassifiedLine> alone = new ArrayList<>(segments.orphans());
    alone.addAll(segments.unclaimed());
    int orphans = segments.orphans().size();
    for (int i = 0; i < alone.size(); i++) {
      ClassifiedLine line = alone.get(i);
      long end = dueAfter(originOf(line).arrival(), settings.settlingMs());
      if (end > now) {
        due = Math.min(due, end);
        stay.add(line);
        continue;
      }
      leave.add(line);
      if (i < orphans) {
        out.orphans.add(originOf(line));
      } else {
        out.unclaimed++;
      }
    }
    active = stay;
    return Math.min(due, forget(leave, now));
  }

  private void take(HostLine line) {
    if (line.isNote()) {
      notes.add(line);
      return;
    }
    ClassifiedLine classified = classified(line.line());
    origins.put(classified, line);
    (Trust.isForged(line.line(), classified.rule()) ? forged : active).add(classified);
  }

  /** A forged line stands alone, and waits only because it may be delivered again. */
  private long stepForged(long now, List<ClassifiedLine> leave) {
    List<ClassifiedLine> repeats = new ArrayList<>();
    List<ClassifiedLine> stay = new ArrayList<>();
    long due = Long.MAX_VALUE;
    for (ClassifiedLine line : LineOrder.withoutRepeats(forged, repeats)) {
      long end = dueAfter(originOf(line).arrival(), settings.settlingMs());
      if (end > now) {
        due = Math.min(due, end);
        stay.add(line);
      } else {
        out.blocks.add(alone(line));
        out.forged++;
        leave.add(line);
      }
    }
    out.duplicates += repeats.size();
    leave.addAll(repeats);
    forged = stay;
    return due;
  }

  static LineBlock alone(ClassifiedLine line) {
    return new LineBlock(
        MemoryBlock.Kind.LINE, List.of(line), BlockInfo.ClosedBy.TERMINATOR, 0, 0, 0);
  }

  private static ClassifiedLine classified(KernelLine line) {
    Integer fragment = line.fragmentOffset();
    if (fragment != null && fragment > 0) {
      // A later piece of a netconsole record has no shape until it is joined.
      return new ClassifiedLine(line, LineRule.SUMMARY_TAIL);
    }
    LineRule rule = Classifier.classify(line.text());
    return new ClassifiedLine(line, rule == null ? LineRule.UNKNOWN : rule);
  }

  private void emit(List<Segment> finished) {
    SequenceGaps gaps = null;
    for (Segment segment : finished) {
      if (!segment.stands()) {
        segment.sources().forEach(line -> out.orphans.add(originOf(line)));
        continue;
      }
      if (gaps == null && refused == 0) {
        gaps = gaps();
      }
      long missing = gaps == null ? 0 : gaps.missingIn(segment.sources());
      out.blocks.add(segment.toBlock(otherwise, refused, missing));
      out.emitted += segment.sources().size() - segment.droppedSources();
      out.overLimit += segment.droppedSources();
    }
  }

  private SequenceGaps gaps() {
    SequenceGaps gaps = new SequenceGaps();
    origins.values().forEach(line -> add(gaps, line));
    notes.forEach(note -> add(gaps, note));
    return gaps;
  }

  private static void add(SequenceGaps gaps, HostLine line) {
    gaps.add(line.line(), line.passed(), line.recordKey() != null);
  }

  /**
   * What leaves while other lines stay leaves its numbers behind, as they may lie inside a report
   * that is still open. Tells when the next notes go.
   */
  private long forget(List<ClassifiedLine> leave, long now) {
    long due = Long.MAX_VALUE;
    List<HostLine> kept = new ArrayList<>();
    if (active.isEmpty()) {
      for (HostLine note : notes) {
        long end = dueAfter(note.arrival(), settings.settlingMs());
        if (end > now) {
          due = Math.min(due, end);
          kept.add(note);
        }
      }
    } else {
      HostLine note = merged(leave);
      if (note != null) {
        kept.add(note);
      }
    }
    notes = kept;
    leave.forEach(origins::remove);
    return due;
  }

  private @Nullable HostLine merged(List<ClassifiedLine> leave) {
    PassedRuns runs = new PassedRuns();
    notes.forEach(note -> runs.add(note.passed()));
    for (ClassifiedLine line : leave) {
      runs.add(originOf(line).asNote().passed());
      runs.add(originOf(line).passed());
    }
    if (runs.isEmpty()) {
      return null;
    }
    HostLine oldest = originOf(active.get(0));
    for (ClassifiedLine line : active) {
      HostLine origin = originOf(line);
      oldest = origin.arrival() < oldest.arrival() ? origin : oldest;
    }
    return oldest.noting(runs.toArray());
  }

  private long newest(List<ClassifiedLine> lines) {
    long newest = Long.MIN_VALUE;
    for (ClassifiedLine line : lines) {
      newest = Math.max(newest, originOf(line).arrival());
    }
    return newest;
  }

  private long dueAfter(long time, long patienceMs) {
    return stepAfter(time, patienceMs, active.size());
  }

  /**
   * The first step that is not before the time's patience has passed.
   *
   * @param lines that a step has to look at
   */
  static long stepAfter(long time, long patienceMs, int lines) {
    if (time > Long.MAX_VALUE - patienceMs - FAR) {
      return Long.MAX_VALUE - 1;
    }
    long step = STEP_MS * (1 + lines / LINES_A_STEP);
    long due = time + patienceMs;
    return due + Math.floorMod(-due, step);
  }

  private HostLine originOf(ClassifiedLine line) {
    HostLine origin = origins.get(line);
    if (origin == null) {
      throw new IllegalStateException("the segmenter gave back a line it was not given");
    }
    return origin;
  }
}

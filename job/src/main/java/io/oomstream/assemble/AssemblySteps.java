package io.oomstream.assemble;

import io.oomstream.assemble.segment.BootLedger;
import io.oomstream.assemble.segment.ClassifiedLine;
import io.oomstream.assemble.segment.LineBlock;
import io.oomstream.assemble.segment.LineOrder;
import io.oomstream.assemble.segment.Segment;
import io.oomstream.assemble.segment.Segmenter;
import io.oomstream.assemble.segment.SequenceGaps;
import io.oomstream.assemble.sequence.SequenceRanges;
import io.oomstream.event.MemoryBlock;
import io.oomstream.event.section.BlockInfo;
import io.oomstream.format.line.KernelLine;
import io.oomstream.kernel.Role;
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
 * Concludes a host's buffer in steps of event time. A step sees only the lines up to its moment. So
 * the result depends on the times of the lines only, not on the order in which they came or on how
 * far event time jumped.
 *
 * <p>Example, with a settling time of 5 s. {@code invoked oom-killer} has the time 10.2 s, {@code
 * Killed process} 10.4 s. The first step is due at 16 s: 10.2 s and the settling time, rounded up
 * to a second. It sees a block that ended at 10.4 s and is settled at 16 s: the block is emitted.
 * Without {@code Killed process} the block would stay open, and the next step would be due at 71 s,
 * when the longest pause of a block ({@link io.oomstream.assemble.segment.SegmentLimits#maxGapUs})
 * has passed since its last line.
 */
public final class AssemblySteps {

  private static final Comparator<AssemblyInput> BY_TIME =
      Comparator.comparingLong(AssemblyInput::time)
          .thenComparing((AssemblyInput l) -> l.line().topic())
          .thenComparingInt(l -> l.line().partition())
          .thenComparingLong(l -> l.line().offset())
          .thenComparingInt(l -> l.line().index());

  private final AssembleSettings settings;
  private final long refused;
  private final BlockInfo.ClosedBy otherwise;
  private final List<TimedLine> waiting = new ArrayList<>();
  private final Map<ClassifiedLine, TimedLine> origins = new IdentityHashMap<>();
  private final StepsResult.Builder out = new StepsResult.Builder();
  private StepPlan plan;
  private BootLedger ledger;
  private List<ClassifiedLine> active = new ArrayList<>();
  private List<ClassifiedLine> forged = new ArrayList<>();
  private List<SequenceNote> notes = new ArrayList<>();
  private int next;
  private int taken;

  /**
   * @param refused number of lines that the buffer refused: the blocks are then incomplete
   * @param otherwise the reason why blocks without an end in the log are ended now
   * @param plan the steps that were already taken
   * @param ledger what they left of the host's boots
   */
  public AssemblySteps(
      List<AssemblyInput> buffer,
      AssembleSettings settings,
      long refused,
      BlockInfo.ClosedBy otherwise,
      StepPlan plan,
      BootLedger ledger) {
    this.settings = settings;
    this.ledger = ledger;
    this.refused = refused;
    this.otherwise = otherwise;
    this.plan = plan;
    List<AssemblyInput> sorted = new ArrayList<>(buffer);
    sorted.sort(BY_TIME);
    Set<Place> places = new HashSet<>();
    for (AssemblyInput input : sorted) {
      if (input instanceof SequenceNote note) {
        notes.add(note);
      } else if (input instanceof TimedLine line) {
        if (places.add(Place.of(line.line()))) {
          waiting.add(line);
        } else {
          out.duplicates++;
        }
      }
    }
    takeUntil(plan.last());
  }

  private record Place(String topic, int partition, long offset, int index) {
    static Place of(KernelLine line) {
      return new Place(line.topic(), line.partition(), line.offset(), line.index());
    }
  }

  /** Takes all steps up to the moment, in order. */
  public StepsResult until(long moment) {
    while (plan.next() != StepPlan.NEVER && plan.next() <= moment) {
      long now = plan.next();
      long due = step(now);
      taken++;
      boolean onlyNotes = active.isEmpty() && forged.isEmpty();
      boolean hasMore = next < waiting.size();
      plan = new StepPlan(now, onlyNotes && hasMore ? StepPlan.NEVER : due, active.size());
      if (hasMore) {
        plan = plan.with(waiting.get(next).time(), settings.settlingMs());
      }
    }
    active.forEach(line -> out.left.add(originOf(line)));
    forged.forEach(line -> out.left.add(originOf(line)));
    out.left.addAll(notes);
    out.left.addAll(waiting.subList(next, waiting.size()));
    return out.build(plan, ledger);
  }

  /** The number of steps taken: at most two for each line. */
  public int taken() {
    return taken;
  }

  private void takeUntil(long moment) {
    while (next < waiting.size() && waiting.get(next).time() <= moment) {
      TimedLine line = waiting.get(next++);
      origins.put(line.classified(), line);
      (line.isForged() ? forged : active).add(line.classified());
    }
  }

  /** Concludes what is due; returns when the rest is due. */
  private long step(long now) {
    takeUntil(now);
    if (Times.minus(now, settings.bootMemoryMs()) > ledger.seenMs()) {
      ledger = BootLedger.NONE;
    }
    Segmenter.Segments segments = Segmenter.segment(active, settings.limits(), ledger);
    List<ClassifiedLine> leave = new ArrayList<>(segments.duplicates());
    out.duplicates += segments.duplicates().size();
    List<ClassifiedLine> stay = new ArrayList<>();
    List<Segment> finished = new ArrayList<>();
    long due = StepPlan.NEVER;
    long openMs = Math.max(settings.settlingMs(), settings.limits().maxGapUs() / 1000);
    List<Segment> ended = new ArrayList<>();
    Set<ClassifiedLine> needed = Collections.newSetFromMap(new IdentityHashMap<>());
    for (Segment segment : segments.blocks()) {
      long patience = segment.closedBy() == null ? openMs : settings.settlingMs();
      long end = dueAfter(newest(segment.sources()), patience);
      if (end > now) {
        due = Math.min(due, end);
        stay.addAll(segment.sources());
        stay.addAll(segment.held());
        needed.addAll(segment.lossLines());
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
    emit(finished, now);
    List<ClassifiedLine> unclaimed = new ArrayList<>(segments.orphans());
    unclaimed.addAll(segments.unclaimed());
    unclaimed.addAll(segments.ofBoots());
    int orphans = segments.orphans().size();
    for (int i = 0; i < unclaimed.size(); i++) {
      ClassifiedLine line = unclaimed.get(i);
      long end = dueAfter(originOf(line).time(), settings.settlingMs());
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
    remember(segments.boots(), leave);
    return Math.min(due, forget(leave, now));
  }

  /** Of the lines that leave the buffer, what they say of the host's boots. */
  private void remember(List<List<ClassifiedLine>> boots, List<ClassifiedLine> leave) {
    if (settings.bootMemoryMs() == 0 || leave.isEmpty()) {
      return;
    }
    Set<ClassifiedLine> leaving = Collections.newSetFromMap(new IdentityHashMap<>());
    leaving.addAll(leave);
    for (List<ClassifiedLine> boot : boots) {
      KernelLine last = null;
      for (ClassifiedLine line : boot) {
        if (leaving.contains(line)) {
          last = line.line();
          ledger = line.rule().role() == Role.BOOT ? ledger.take(line) : ledger;
        }
      }
      ledger = last == null ? ledger : ledger.seen(last);
    }
    if (!ledger.isEmpty()) {
      ledger = ledger.at(newest(leave));
    }
  }

  /** A forged line is a block by itself. It waits only because it can be delivered again. */
  private long stepForged(long now, List<ClassifiedLine> leave) {
    List<ClassifiedLine> repeats = new ArrayList<>();
    List<ClassifiedLine> stay = new ArrayList<>();
    long due = StepPlan.NEVER;
    for (ClassifiedLine line : LineOrder.withoutRepeats(forged, repeats)) {
      long end = dueAfter(originOf(line).time(), settings.settlingMs());
      if (end > now) {
        due = Math.min(due, end);
        stay.add(line);
      } else {
        out.blocks.add(single(line));
        out.forged++;
        leave.add(line);
      }
    }
    out.duplicates += repeats.size();
    leave.addAll(repeats);
    forged = stay;
    return due;
  }

  public static LineBlock single(ClassifiedLine line) {
    return new LineBlock(
        MemoryBlock.Kind.LINE, List.of(line), BlockInfo.ClosedBy.TERMINATOR, 0, 0, 0);
  }

  private void emit(List<Segment> finished, long now) {
    SequenceGaps gaps = null;
    for (Segment segment : finished) {
      if (!segment.stands()) {
        segment.sources().forEach(line -> out.orphans.add(originOf(line)));
        continue;
      }
      if (gaps == null && refused == 0) {
        gaps = gaps(now);
      }
      long missing = gaps == null ? 0 : gaps.missingIn(segment.sources());
      out.unended += segment.closedBy() == null ? 1 : 0;
      out.blocks.add(segment.toBlock(otherwise, refused, missing));
      out.emitted += segment.sources().size() - segment.droppedSources();
      out.overLimit += segment.droppedSources();
    }
  }

  /** The known sequence numbers at the moment, without later notes. */
  private SequenceGaps gaps(long now) {
    SequenceGaps gaps = new SequenceGaps();
    origins.values().forEach(line -> add(gaps, line));
    notes.stream().filter(note -> note.time() <= now).forEach(note -> add(gaps, note));
    return gaps;
  }

  private static void add(SequenceGaps gaps, AssemblyInput input) {
    gaps.add(input.line(), input.dropped(), input.recordKey() != null);
  }

  /**
   * Keeps the sequence numbers of emitted lines while other lines stay, because they can be inside
   * a block that is still open. Returns when the next notes are dropped.
   */
  private long forget(List<ClassifiedLine> leave, long now) {
    long due = StepPlan.NEVER;
    List<SequenceNote> kept = new ArrayList<>();
    List<SequenceNote> seen = new ArrayList<>();
    for (SequenceNote note : notes) {
      long end = dueAfter(note.time(), settings.settlingMs());
      if (note.time() > now || (active.isEmpty() && end > now)) {
        due = active.isEmpty() ? Math.min(due, end) : due;
        kept.add(note);
      } else if (!active.isEmpty()) {
        seen.add(note);
      }
    }
    if (!active.isEmpty()) {
      SequenceNote note = merged(seen, leave);
      if (note != null) {
        kept.add(note);
      }
    }
    notes = kept;
    leave.forEach(origins::remove);
    return due;
  }

  private @Nullable SequenceNote merged(List<SequenceNote> seen, List<ClassifiedLine> leave) {
    SequenceRanges runs = new SequenceRanges();
    seen.forEach(note -> runs.add(note.dropped()));
    for (ClassifiedLine line : leave) {
      Long sequence = line.line().sequence();
      runs.add(sequence == null ? null : new long[] {sequence, sequence});
      runs.add(originOf(line).dropped());
    }
    if (runs.isEmpty()) {
      return null;
    }
    TimedLine oldest = originOf(active.get(0));
    for (ClassifiedLine line : active) {
      TimedLine origin = originOf(line);
      oldest = BY_TIME.compare(origin, oldest) < 0 ? origin : oldest;
    }
    return oldest.noting(runs.toArray());
  }

  private long newest(List<ClassifiedLine> lines) {
    long newest = Long.MIN_VALUE;
    for (ClassifiedLine line : lines) {
      newest = Math.max(newest, originOf(line).time());
    }
    return newest;
  }

  private long dueAfter(long time, long patienceMs) {
    return stepAfter(time, patienceMs, active.size());
  }

  /** The first step at which the patience after that time is over. */
  public static long stepAfter(long time, long patienceMs, int lines) {
    return StepPlan.after(time, patienceMs, lines);
  }

  private TimedLine originOf(ClassifiedLine line) {
    TimedLine origin = origins.get(line);
    if (origin == null) {
      throw new IllegalStateException("the segmenter gave back a line it was not given");
    }
    return origin;
  }
}

package io.oomstream.function;

import io.oomstream.block.ClassifiedLine;
import io.oomstream.block.LineBlock;
import io.oomstream.block.Segment;
import io.oomstream.block.SegmentLimits;
import io.oomstream.block.Segmenter;
import io.oomstream.event.BlockInfo;
import io.oomstream.format.KernelLine;
import io.oomstream.kernel.Classifier;
import io.oomstream.kernel.LineRule;
import io.oomstream.state.HostLine;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What is to be done with a host's buffer at one moment of event time.
 *
 * @param blocks finished reports, in order
 * @param orphans lines that no report claims
 * @param left lines that stay
 * @param unclaimed number of context lines that meant nothing
 * @param duplicates number of repeated deliveries
 * @param nextDue when to look again, event time in milliseconds; {@link Long#MAX_VALUE} if nothing
 *     is left
 */
record BufferConclusion(
    List<LineBlock> blocks,
    List<HostLine> orphans,
    List<HostLine> left,
    int unclaimed,
    int duplicates,
    long nextDue) {

  /**
   * Event time that stands for "everything is due": the end of input, or a host that fell silent.
   */
  static final long ALL = Long.MAX_VALUE;

  private record Place(String topic, int partition, long offset, int index) {
    static Place of(KernelLine line) {
      return new Place(line.topic(), line.partition(), line.offset(), line.index());
    }
  }

  /**
   * @param now event time, milliseconds; {@link #ALL} to conclude everything
   * @param settlingMs how long a finished report waits for stragglers
   * @param dropped lines that the buffer had to refuse: the reports are then not complete
   * @param otherwise what ended reports that nothing in the log has ended
   */
  static BufferConclusion of(
      List<HostLine> buffer,
      long now,
      long settlingMs,
      long dropped,
      SegmentLimits limits,
      BlockInfo.ClosedBy otherwise) {
    Map<Place, HostLine> byPlace = new HashMap<>();
    List<ClassifiedLine> lines = new ArrayList<>(buffer.size());
    for (HostLine line : buffer) {
      if (byPlace.putIfAbsent(Place.of(line.line()), line) == null) {
        lines.add(classified(line.line()));
      }
    }
    Segmenter.Segments segments = Segmenter.segment(lines, limits);
    Builder builder = new Builder(byPlace, now);
    for (Segment segment : segments.reports()) {
      long patience =
          segment.closedBy() == null ? Math.max(settlingMs, limits.maxGapUs() / 1000) : settlingMs;
      if (builder.stays(segment.sources(), patience)) {
        continue;
      }
      if (segment.stands()) {
        LineBlock block = segment.toBlock(otherwise);
        builder.blocks.add(
            new LineBlock(
                block.kind(),
                block.lines(),
                block.closedBy(),
                block.droppedLines() + dropped,
                block.suppressed(),
                block.lost()));
      } else {
        builder.orphaned(segment.sources());
      }
    }
    for (ClassifiedLine orphan : segments.orphans()) {
      if (!builder.stays(List.of(orphan), settlingMs)) {
        builder.orphaned(List.of(orphan));
      }
    }
    int unclaimed = 0;
    for (ClassifiedLine line : segments.unclaimed()) {
      if (!builder.stays(List.of(line), settlingMs)) {
        unclaimed++;
      }
    }
    int duplicates = segments.duplicates().size() + buffer.size() - byPlace.size();
    return new BufferConclusion(
        builder.blocks, builder.orphans, builder.left, unclaimed, duplicates, builder.nextDue);
  }

  private static ClassifiedLine classified(KernelLine line) {
    LineRule rule = Classifier.classify(line.text());
    // A later piece of a netconsole record has no shape until it is joined.
    return new ClassifiedLine(line, rule == null ? LineRule.SUMMARY_TAIL : rule);
  }

  private static final class Builder {
    final List<LineBlock> blocks = new ArrayList<>();
    final List<HostLine> orphans = new ArrayList<>();
    final List<HostLine> left = new ArrayList<>();
    private final Map<Place, HostLine> byPlace;
    private final long now;
    private long nextDue = Long.MAX_VALUE;

    Builder(Map<Place, HostLine> byPlace, long now) {
      this.byPlace = byPlace;
      this.now = now;
    }

    /** Keeps the lines if they may still get company. */
    boolean stays(List<ClassifiedLine> lines, long patienceMs) {
      long newest = Long.MIN_VALUE;
      for (ClassifiedLine line : lines) {
        newest = Math.max(newest, hostLine(line).arrival());
      }
      long due = newest > Long.MAX_VALUE - patienceMs ? newest : newest + patienceMs;
      if (due <= now) {
        return false;
      }
      nextDue = Math.min(nextDue, due);
      for (ClassifiedLine line : lines) {
        left.add(hostLine(line));
      }
      return true;
    }

    void orphaned(List<ClassifiedLine> lines) {
      for (ClassifiedLine line : lines) {
        orphans.add(hostLine(line));
      }
    }

    private HostLine hostLine(ClassifiedLine line) {
      HostLine found = byPlace.get(Place.of(line.line()));
      if (found == null) {
        throw new IllegalStateException("the segmenter gave back a line it was not given");
      }
      return found;
    }
  }
}

package io.oomstream.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import io.oomstream.assemble.HostLine;
import io.oomstream.assemble.segment.ClassifiedLine;
import io.oomstream.assemble.segment.Segment;
import io.oomstream.assemble.segment.SegmentLimits;
import io.oomstream.assemble.segment.Segmenter;
import io.oomstream.kernel.Classifier;
import io.oomstream.kernel.LineRule;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;

/** Any lines in any order: each goes to one place, and how they arrived does not matter. */
final class SegmenterTarget implements FuzzTarget {

  private static final SegmentLimits LIMITS = SegmentLimits.defaults();

  @Override
  public String name() {
    return "segmenter";
  }

  @Override
  public List<byte[]> seeds() {
    return Seeds.logs();
  }

  @Override
  public Set<String> check(byte[] input) {
    List<ClassifiedLine> lines = new ArrayList<>();
    for (HostLine line : LogInput.hostLines(input)) {
      LineRule rule = Classifier.classify(line.line().text());
      Integer fragment = line.line().fragmentOffset();
      LineRule otherwise =
          fragment != null && fragment > 0 ? LineRule.SUMMARY_TAIL : LineRule.UNKNOWN;
      lines.add(new ClassifiedLine(line.line(), rule == null ? otherwise : rule));
    }
    Segmenter.Segments segments = Segmenter.segment(lines, LIMITS);
    eachGoesToOnePlace(segments, lines);
    List<ClassifiedLine> shuffled = new ArrayList<>(lines);
    Collections.shuffle(shuffled, new Random(Arrays.hashCode(input)));
    assertThat(Segmenter.segment(shuffled, LIMITS).blocks())
        .as("reports in another order of arrival")
        .isEqualTo(segments.blocks());
    Set<String> seen = new TreeSet<>();
    for (Segment report : segments.blocks()) {
      String is = report.kind() + " " + report.closedBy() + " ";
      seen.add(is + report.stands());
      seen.add(is + "of " + log2(report.lines().size()));
      seen.add(is + "held " + log2(report.held().size()));
      report.lines().forEach(line -> seen.add(is + line.rule()));
    }
    seen.add("reports " + log2(segments.blocks().size()));
    seen.add("orphans " + log2(segments.orphans().size()));
    seen.add("unclaimed " + log2(segments.unclaimed().size()));
    seen.add("duplicates " + log2(segments.duplicates().size()));
    segments.orphans().forEach(line -> seen.add("orphan " + line.rule()));
    return seen;
  }

  private static void eachGoesToOnePlace(Segmenter.Segments segments, List<ClassifiedLine> lines) {
    Map<ClassifiedLine, String> places = new IdentityHashMap<>();
    for (Segment report : segments.blocks()) {
      put(places, report.sources(), "a report");
      put(places, report.held(), "what a report holds");
    }
    put(places, segments.orphans(), "the orphans");
    put(places, segments.unclaimed(), "the unclaimed");
    put(places, segments.ofBoots(), "what boots say of memory");
    put(places, segments.duplicates(), "the duplicates");
    long dropped = segments.blocks().stream().mapToLong(Segment::droppedSources).sum();
    assertThat(places.size() + dropped).as("lines of all places").isEqualTo(lines.size());
  }

  private static void put(
      Map<ClassifiedLine, String> places, List<ClassifiedLine> lines, String place) {
    for (ClassifiedLine line : lines) {
      assertThat(places.put(line, place)).as("%s, also in %s", line.text(), place).isNull();
    }
  }

  private static int log2(int count) {
    return Integer.SIZE - Integer.numberOfLeadingZeros(count);
  }
}

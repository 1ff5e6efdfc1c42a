package io.oomstream.assemble.sequence;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Merged runs of sequence numbers. At most {@value #MOST} are kept: beyond that neighbours are
 * merged with the gap between them, which is then not found.
 */
public final class SequenceRanges {

  static final int MOST = 64;

  private record Run(long first, long last) {}

  private final List<Run> runs = new ArrayList<>();

  public void add(long @Nullable [] pairs) {
    for (int i = 0; pairs != null && i + 1 < pairs.length; i += 2) {
      runs.add(new Run(pairs[i], pairs[i + 1]));
    }
  }

  public boolean isEmpty() {
    return runs.isEmpty();
  }

  /** First and last of each run, in pairs, ascending. */
  public long[] toArray() {
    runs.sort(Comparator.comparingLong(Run::first));
    List<Run> joined = new ArrayList<>();
    for (Run run : runs) {
      Run last = joined.isEmpty() ? null : joined.get(joined.size() - 1);
      if (last != null && (run.first <= last.last || run.first == last.last + 1)) {
        joined.set(joined.size() - 1, new Run(last.first, Math.max(last.last, run.last)));
      } else {
        joined.add(run);
      }
    }
    int surplus = Math.max(0, joined.size() - MOST);
    long[] pairs = new long[2 * (joined.size() - surplus)];
    for (int i = 0; i < pairs.length; i += 2) {
      // The oldest runs are merged first: they are the least likely to matter.
      Run from = joined.get(i == 0 ? 0 : i / 2 + surplus);
      pairs[i] = from.first;
      pairs[i + 1] = (i == 0 ? joined.get(surplus) : from).last;
    }
    return pairs;
  }
}

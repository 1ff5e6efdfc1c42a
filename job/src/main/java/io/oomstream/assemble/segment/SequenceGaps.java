package io.oomstream.assemble.segment;

import io.oomstream.format.line.KernelLine;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Counts the records that are missing inside a block: the sequence numbers between its first and
 * its last line without a line, except for lines that were dropped as irrelevant.
 *
 * <p>It never counts too many. A number counts only if every partition with lines of this host has
 * delivered a later one, because the next line of a partition has the dropped numbers before it. If
 * records have no key, they can take any partition: then the block must be so long that every
 * partition must have had a line.
 *
 * <p>Example: a block has the lines 100, 101 and 105 of one partition. 105 has the dropped numbers
 * [102, 103]: so only the record 104 is missing. If a second partition had delivered this host's
 * line 102 and nothing since, 104 could still come there: nothing after 102 would count.
 */
public final class SequenceGaps {

  /** Lines for each known partition after which a further partition is impossible in practice. */
  private static final int LINES_A_PARTITION = 16;

  private record Partition(String topic, int number) {}

  private record Run(long first, long last) {}

  private final List<Run> known = new ArrayList<>();
  private final Map<Partition, Long> newest = new HashMap<>();
  private boolean sorted = true;
  private boolean keyed = true;

  /**
   * Adds a line of the host.
   *
   * @param dropped runs of numbers that are not missing, first and last in pairs
   * @param isKeyed whether its record had a key, and so its host has one partition
   */
  public void add(KernelLine line, long @Nullable [] dropped, boolean isKeyed) {
    Long sequence = line.sequence();
    if (sequence != null) {
      known.add(new Run(sequence, sequence));
      newest.merge(new Partition(line.topic(), line.partition()), sequence, Math::max);
      keyed &= isKeyed;
    }
    for (int i = 0; dropped != null && i + 1 < dropped.length; i += 2) {
      known.add(new Run(dropped[i], dropped[i + 1]));
    }
    sorted = false;
  }

  /** Records missing between the first and the last of these lines; 0 if it is not known. */
  public long missingIn(List<ClassifiedLine> block) {
    long first = Long.MAX_VALUE;
    long last = Long.MIN_VALUE;
    for (ClassifiedLine line : block) {
      Long sequence = line.line().sequence();
      if (sequence == null) {
        return 0;
      }
      first = Math.min(first, sequence);
      last = Math.max(last, sequence);
    }
    if (!keyed && block.size() < newest.size() * LINES_A_PARTITION) {
      return 0;
    }
    for (long partition : newest.values()) {
      last = Math.min(last, partition);
    }
    return first > last ? 0 : missingBetween(first, last);
  }

  private long missingBetween(long first, long last) {
    if (!sorted) {
      known.sort(Comparator.comparingLong(Run::first));
      sorted = true;
    }
    long missing = 0;
    long next = first;
    for (Run run : known) {
      if (run.last < next) {
        continue;
      }
      if (run.first > last) {
        break;
      }
      missing += run.first > next ? run.first - next : 0;
      next = run.last + 1;
    }
    return missing + Math.max(0, last + 1 - next);
  }
}

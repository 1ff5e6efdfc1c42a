package io.oomstream.function;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Which sequence numbers the classifier dropped, so that a hole in a report can be told from lines
 * that were there and meant nothing. Fixed memory, nothing allocated for a dropped line: of each
 * host and partition the latest runs of numbers; when two share a place the older is forgotten, and
 * when runs are too many the oldest grow together. Both only make holes go untold.
 */
final class PassedLines {

  private static final int PLACES = 1 << 12;
  private static final int RUNS = 8;

  /** A number further back than this is no straggler: the host has booted. */
  private static final long STRAGGLER = 4096;

  private final long[] owners = new long[PLACES];
  private final long[] newestKept = new long[PLACES];
  private final byte[] counts = new byte[PLACES];
  private final long[] firsts = new long[PLACES * RUNS];
  private final long[] lasts = new long[PLACES * RUNS];

  /**
   * Notes a dropped line.
   *
   * @param owner stands for host and partition
   * @return whether the assembler must be told at once, because what follows has been sent on
   */
  boolean dropped(long owner, long sequence) {
    int place = placeOf(owner);
    if (isUnknown(place, owner, sequence)) {
      begin(place, owner, sequence);
      return false;
    }
    if (sequence < newestKept[place]) {
      return true;
    }
    int last = place * RUNS + counts[place] - 1;
    if (counts[place] > 0 && sequence == lasts[last] + 1) {
      lasts[last] = sequence;
    } else if (counts[place] == 0 || sequence < firsts[last] || sequence > lasts[last]) {
      append(place, sequence, sequence);
    }
    return false;
  }

  /** The runs that have passed since the line before; null if there were none. */
  long @Nullable [] before(long owner, long sequence) {
    int place = placeOf(owner);
    if (isUnknown(place, owner, sequence)) {
      begin(place, owner, sequence - 1);
    }
    newestKept[place] = Math.max(newestKept[place], sequence);
    int count = counts[place];
    if (count == 0) {
      return null;
    }
    long[] runs = new long[2 * count];
    for (int i = 0; i < count; i++) {
      runs[2 * i] = firsts[place * RUNS + i];
      runs[2 * i + 1] = lasts[place * RUNS + i];
    }
    counts[place] = 0;
    return runs;
  }

  private boolean isUnknown(int place, long owner, long sequence) {
    return owners[place] != owner
        || (newestKept[place] != Long.MIN_VALUE && sequence < newestKept[place] - STRAGGLER);
  }

  private void begin(int place, long owner, long unknownTo) {
    owners[place] = owner;
    newestKept[place] = Long.MIN_VALUE;
    counts[place] = 0;
    append(place, Long.MIN_VALUE, unknownTo);
  }

  private void append(int place, long first, long last) {
    int from = place * RUNS;
    if (counts[place] == RUNS) {
      lasts[from] = Math.max(lasts[from], lasts[from + 1]);
      firsts[from] = Math.min(firsts[from], firsts[from + 1]);
      System.arraycopy(firsts, from + 2, firsts, from + 1, RUNS - 2);
      System.arraycopy(lasts, from + 2, lasts, from + 1, RUNS - 2);
      counts[place]--;
    }
    firsts[from + counts[place]] = first;
    lasts[from + counts[place]] = last;
    counts[place]++;
  }

  private static int placeOf(long owner) {
    return (int) ((owner * 0x9E3779B97F4A7C15L) >>> 52);
  }

  /** Stands for a host and a partition; never 0, which no owner has. */
  static long owner(int hostHash, byte @Nullable [] fallback, String topic, int partition) {
    long host = hostHash != 0 ? hostHash : Arrays.hashCode(fallback);
    long hash = (host * 31 + topic.hashCode()) * 0x100000001B3L + partition;
    return hash == 0 ? 1 : hash;
  }
}

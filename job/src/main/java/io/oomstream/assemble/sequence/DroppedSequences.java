package io.oomstream.assemble.sequence;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The sequence numbers of one partition that the classifier dropped, to distinguish lost lines from
 * irrelevant ones. It keeps the latest runs of numbers of each host, in bounded memory and without
 * allocation for a dropped line. If two hosts share a slot and the table can't grow, the older one
 * is forgotten; if a host has too many runs, the oldest are merged. Both only hide missing lines.
 *
 * <p>There is one for each partition, which one reader reads in order. So the state depends on the
 * partition's records only, not on the parallelism, and is the same after a restore ({@link
 * #toBytes}).
 *
 * <p>Example: of a host's numbers 100 to 105 the lines 100 and 104 are kept. 101, 102 and 103 are
 * {@link #dropped}; {@code before(owner, 104)} gives {@code [101, 103]}, and the assembler sees no
 * gap between 100 and 104. If 102 never came, it gives {@code [101, 101, 103, 103]}, and one line
 * is missing. If 105 is kept before the dropped 103 comes, out of order, {@code dropped} returns
 * true: the assembler is sent a note.
 */
public final class DroppedSequences {

  private static final int LEAST_BITS = 5;
  private static final int MOST_BITS = 10;
  private static final int RUNS = 8;

  /** A number further back than this means that the host has booted. */
  private static final long STRAGGLER = 4096;

  private int bits = LEAST_BITS;
  private long[] owners = new long[1 << bits];
  private long[] newestKept = new long[1 << bits];
  private byte[] counts = new byte[1 << bits];
  private long[] firsts = new long[RUNS << bits];
  private long[] lasts = new long[RUNS << bits];

  /**
   * Adds a dropped line.
   *
   * @param owner hash of the host
   * @return whether the assembler needs a note at once, because a later line was already sent
   */
  public boolean dropped(long owner, long sequence) {
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

  /** The dropped runs since the previous line; null if there were none. */
  public long @Nullable [] before(long owner, long sequence) {
    int place = placeOf(owner);
    if (isUnknown(place, owner, sequence)) {
      begin(place, owner, sequence - 1);
      place = placeOf(owner);
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
    int free = place;
    while (owners[free] != 0 && owners[free] != owner && bits < MOST_BITS) {
      grow();
      free = placeOf(owner);
    }
    beginAt(free, owner, unknownTo);
  }

  /** Doubles the number of slots, so that hosts don't share one. */
  private void grow() {
    long[] oldOwners = owners;
    long[] oldNewest = newestKept;
    byte[] oldCounts = counts;
    long[] oldFirsts = firsts;
    long[] oldLasts = lasts;
    bits++;
    owners = new long[1 << bits];
    newestKept = new long[1 << bits];
    counts = new byte[1 << bits];
    firsts = new long[RUNS << bits];
    lasts = new long[RUNS << bits];
    for (int old = 0; old < oldOwners.length; old++) {
      int place = placeOf(oldOwners[old]);
      if (oldOwners[old] != 0) {
        owners[place] = oldOwners[old];
        newestKept[place] = oldNewest[old];
        counts[place] = oldCounts[old];
        System.arraycopy(oldFirsts, old * RUNS, firsts, place * RUNS, RUNS);
        System.arraycopy(oldLasts, old * RUNS, lasts, place * RUNS, RUNS);
      }
    }
  }

  private void beginAt(int place, long owner, long unknownTo) {
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

  private int placeOf(long owner) {
    return (int) ((owner * 0x9E3779B97F4A7C15L) >>> (Long.SIZE - bits));
  }

  /** The state, for a checkpoint. */
  byte[] toBytes() {
    int size = 0;
    for (int place = 0; place < owners.length; place++) {
      size += owners[place] == 0 ? 0 : 2 * Long.BYTES + 1 + 2 * Long.BYTES * counts[place];
    }
    ByteBuffer out = ByteBuffer.allocate(1 + size).put((byte) bits);
    for (int place = 0; place < owners.length; place++) {
      if (owners[place] != 0) {
        out.putLong(owners[place]).putLong(newestKept[place]).put(counts[place]);
        for (int i = place * RUNS; i < place * RUNS + counts[place]; i++) {
          out.putLong(firsts[i]).putLong(lasts[i]);
        }
      }
    }
    return out.array();
  }

  /** Reads the result of {@link #toBytes}. */
  static DroppedSequences of(byte[] bytes) {
    ByteBuffer in = ByteBuffer.wrap(bytes);
    DroppedSequences passed = new DroppedSequences();
    int bits = in.get();
    while (passed.bits < bits) {
      passed.grow();
    }
    while (in.hasRemaining()) {
      long owner = in.getLong();
      int place = passed.placeOf(owner);
      passed.owners[place] = owner;
      passed.newestKept[place] = in.getLong();
      passed.counts[place] = in.get();
      for (int i = place * RUNS; i < place * RUNS + passed.counts[place]; i++) {
        passed.firsts[i] = in.getLong();
        passed.lasts[i] = in.getLong();
      }
    }
    return passed;
  }

  /** Hash of a host; never 0. */
  public static long owner(int hostHash, byte @Nullable [] fallback) {
    long host = hostHash != 0 ? hostHash : 31L + Arrays.hashCode(fallback);
    return host == 0 ? 1 : host;
  }
}

package io.oomstream.cli.input;

import io.oomstream.format.line.RawRecord;
import java.util.Iterator;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.flink.util.SplittableIterator;

/**
 * Hands records to the embedded Flink of the same process, which copies what it is given: the copy
 * finds the records by number.
 */
final class SharedRecords extends SplittableIterator<RawRecord> {

  private static final long serialVersionUID = 1L;
  private static final Map<Long, Iterator<RawRecord>> SHARED = new ConcurrentHashMap<>();
  private static final AtomicLong NEXT = new AtomicLong();

  private final long number = NEXT.incrementAndGet();

  SharedRecords(Iterator<RawRecord> records) {
    SHARED.put(number, records);
  }

  /** To be called once the job is done. */
  void release() {
    SHARED.remove(number);
  }

  private Iterator<RawRecord> records() {
    return Objects.requireNonNull(SHARED.get(number));
  }

  @Override
  public boolean hasNext() {
    return records().hasNext();
  }

  @Override
  public RawRecord next() {
    return records().next();
  }

  @Override
  @SuppressWarnings("unchecked") // arrays of generics have no other way
  public Iterator<RawRecord>[] split(int parts) {
    if (parts != 1) {
      throw new IllegalArgumentException("logs are read in one thread, to be merged");
    }
    return new Iterator[] {this};
  }

  @Override
  public int getMaximumNumberOfSplits() {
    return 1;
  }
}

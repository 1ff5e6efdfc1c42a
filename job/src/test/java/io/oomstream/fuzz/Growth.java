package io.oomstream.fuzz;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.List;

/**
 * How the work grows with the input: eight times the input should be eight times the work, and
 * sixty-four times is what a loop within a loop makes. Measured after a search, and only reported:
 * processor time on a busy machine proves nothing alone.
 */
final class Growth {

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private static final int TIMES = 8;
  private static final int RUNS = 3;
  private static final int INPUTS = 300;
  private static final int SMALLEST = 128;
  private static final int LARGEST = Mutator.MAX_BYTES / 2;

  private double worstTime;
  private double worstBytes;
  private int measured;

  /** Of the newest inputs that are large enough to be measured. */
  static Growth of(FuzzTarget target, List<byte[]> inputs) {
    Growth growth = new Growth();
    for (int i = inputs.size() - 1; i >= 0 && growth.measured < INPUTS; i--) {
      byte[] input = inputs.get(i);
      if (input.length >= SMALLEST && input.length <= LARGEST) {
        growth.measure(target, input);
      }
    }
    return growth;
  }

  @Override
  public String toString() {
    return String.format(
        "%d inputs %d times as long: at most %.1f times the time, %.1f times the memory",
        measured, TIMES, worstTime, worstBytes);
  }

  private void measure(FuzzTarget target, byte[] input) {
    byte[] longer = new byte[input.length * TIMES];
    for (int i = 0; i < TIMES; i++) {
      System.arraycopy(input, 0, longer, i * input.length, input.length);
    }
    long[] one = best(target, input);
    long[] many = best(target, longer);
    measured++;
    worstTime = Math.max(worstTime, (double) many[0] / one[0]);
    worstBytes = Math.max(worstBytes, (double) many[1] / one[1]);
  }

  /** Least processor time and least memory of some runs. */
  private static long[] best(FuzzTarget target, byte[] input) {
    long time = Long.MAX_VALUE;
    long bytes = Long.MAX_VALUE;
    for (int i = 0; i < RUNS; i++) {
      long thread = Thread.currentThread().getId();
      long beforeBytes = THREADS.getThreadAllocatedBytes(thread);
      long before = THREADS.getCurrentThreadCpuTime();
      target.check(input);
      time = Math.min(time, THREADS.getCurrentThreadCpuTime() - before);
      bytes = Math.min(bytes, THREADS.getThreadAllocatedBytes(thread) - beforeBytes);
    }
    return new long[] {Math.max(1, time), Math.max(1, bytes)};
  }
}

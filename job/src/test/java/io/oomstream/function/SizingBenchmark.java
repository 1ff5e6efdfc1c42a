package io.oomstream.function;

import io.oomstream.format.line.RawRecord;
import io.oomstream.lab.LabLogs;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;

/**
 * What a host with an open report holds, on the heap and in a savepoint, and what one without; for
 * the memory and the storage that a fleet needs.
 */
public final class SizingBenchmark {

  private static final long START = 1_700_000_000_000L;

  private SizingBenchmark() {}

  /** One argument: the hosts, 2000 if not given. */
  public static void main(String[] args) throws Exception {
    int hosts = args.length > 0 ? Integer.parseInt(args[0]) : 2_000;
    List<byte[]> half = halfReport();
    long text = half.stream().mapToLong(l -> l.length).sum();
    try (MiniJob job = MiniJob.ofDefaults(1)) {
      job.read(record("warm", 0, half.get(0)));
      long empty = saved(job);
      long heap = heap();
      for (int host = 0; host < hosts; host++) {
        for (int line = 0; line < half.size(); line++) {
          job.read(record("host" + host, line, half.get(line)));
        }
      }
      long held = heap() - heap;
      long state = saved(job) - empty;
      System.out.printf(
          "%d hosts in the middle of a report of %d lines, %d bytes of text each: %d bytes of heap"
              + " and %d bytes of a savepoint a host%n",
          hosts, half.size(), text, held / hosts, state / hosts);
      job.watermark(START + 1_000_000);
      System.out.printf(
          "after them: %d reports, %d bytes of a savepoint a host%n",
          job.blocks().size(), Math.max(0, saved(job) - empty) / hosts);
    }
    System.exit(0);
  }

  /** From the trigger's line to the one before the kill. */
  private static List<byte[]> halfReport() {
    List<byte[]> lines = LabLogs.one("6.12.117+deb13-amd64", "02-global-swap", "kmsg.log").lines();
    List<byte[]> half = new ArrayList<>();
    for (byte[] line : lines) {
      String text = new String(line, StandardCharsets.ISO_8859_1);
      if (!half.isEmpty() && text.contains("illed process")) {
        return half;
      }
      if (!half.isEmpty() || text.contains("invoked oom-killer")) {
        half.add(line);
      }
    }
    throw new IllegalStateException("no kill in the log");
  }

  private static long saved(MiniJob job) throws Exception {
    OperatorSubtaskState state = job.assembler.snapshot();
    return state.getManagedKeyedState().stream().mapToLong(h -> h.getStateSize()).sum()
        + state.getRawKeyedState().stream().mapToLong(h -> h.getStateSize()).sum();
  }

  private static long heap() {
    System.gc();
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }

  private static RawRecord record(String host, int offset, byte[] line) {
    return new RawRecord(
        "t", 0, offset, START, host.getBytes(StandardCharsets.UTF_8), line, Map.of());
  }
}

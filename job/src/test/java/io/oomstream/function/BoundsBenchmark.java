package io.oomstream.function;

import io.oomstream.event.MemoryBlock;
import io.oomstream.format.line.RawRecord;
import io.oomstream.lab.LabLogs;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What one bad host costs the others of its subtask, under the default limits: a million lines of a
 * report that never ends among two hundred hosts with a report each, and a hundred thousand hosts
 * with half a report.
 */
public final class BoundsBenchmark {

  private static final long START = 1_700_000_000_000L;
  private static final int FLOOD = 1_000_000;
  private static final int HOSTS = 200;
  private static final int HALF_OPEN = 100_000;

  private BoundsBenchmark() {}

  public static void main(String[] args) throws Exception {
    measure("warm up", FLOOD / 10);
    measure("200 hosts alone", 0);
    measure("200 hosts and a flood", FLOOD);
    halfOpen();
    System.exit(0);
  }

  /** One second of event time after the other: the flood's lines, two hosts' reports. */
  private static void measure(String name, int flood) throws Exception {
    LabLogs.LabLog log = LabLogs.one("6.1.0-50-amd64", "03-memcg2-kube", "kmsg.log");
    List<byte[]> report = log.lines().subList(440, log.lines().size());
    try (MiniJob job = MiniJob.ofDefaults(1)) {
      long before = heap();
      List<Long> waits = new ArrayList<>();
      long mostBuffered = 0;
      int sent = 0;
      long begin = cpu();
      int seconds = HOSTS / 2;
      for (int second = 0; second < seconds; second++) {
        for (int i = 0; i < flood / seconds; i++) {
          job.read(floodLine(sent++, START + second * 1_000L));
        }
        for (int host = 0; host < 2; host++) {
          int offset = 0;
          for (byte[] line : report) {
            job.read(record("host" + (2 * second + host), offset++, START + second * 1_000L, line));
          }
        }
        long told = cpu();
        job.watermark(START + second * 1_000L - 2_000);
        waits.add(cpu() - told);
        mostBuffered = Math.max(mostBuffered, job.metric(Metrics.LINES_BUFFERED));
      }
      long heap = heap() - before;
      job.watermark(START + 1_000_000);
      double ms = (cpu() - begin) / 1e6;
      waits.sort(null);
      long reports = job.blocks().stream().filter(b -> b.kind() == MemoryBlock.Kind.OOM).count();
      System.out.printf(
          "%s: %.0f ms of CPU for %d s of event time; a step takes %.1f ms (median), %.1f ms (longest);"
              + " %d reports, at most %d lines buffered, %d MiB of heap held%n",
          name,
          ms,
          seconds,
          waits.get(waits.size() / 2) / 1e6,
          waits.get(waits.size() - 1) / 1e6,
          reports,
          mostBuffered,
          heap >> 20);
    }
  }

  private static void halfOpen() throws Exception {
    try (MiniJob job = MiniJob.ofDefaults(1)) {
      long before = heap();
      long begin = cpu();
      for (int host = 0; host < HALF_OPEN; host++) {
        job.read(text("h" + host, 0, START, "x invoked oom-killer: gfp_mask=0xcc0, order=0"));
        job.read(text("h" + host, 1, START, "Mem-Info:"));
      }
      double read = (cpu() - begin) / 1e6;
      long heap = heap() - before;
      begin = cpu();
      job.watermark(START + 100_000);
      double concluded = (cpu() - begin) / 1e6;
      System.out.printf(
          "%d hosts with half a report: read in %.0f ms, %d MiB of heap held (%d bytes a host),"
              + " concluded in %.0f ms, %d reports, %d left%n",
          HALF_OPEN,
          read,
          heap >> 20,
          heap / HALF_OPEN,
          concluded,
          job.blocks().size(),
          job.residue());
    }
  }

  /** Of this thread, so that other work on the machine does not count; nanoseconds. */
  private static long cpu() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }

  private static long heap() {
    System.gc();
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }

  private static RawRecord floodLine(int number, long at) {
    return text(
        "flood",
        number,
        at,
        number == 0
            ? "x invoked oom-killer: gfp_mask=0xcc0, order=0"
            : "[  " + (1000 + number) + "]     0  1 2 3 4 5 0 bash");
  }

  private static RawRecord text(String host, int number, long at, String text) {
    String line = "4," + number + "," + (1_000_000 + 10L * number) + ",-;" + text;
    return record(host, number, at, line.getBytes(StandardCharsets.UTF_8));
  }

  private static RawRecord record(String host, int number, long at, byte[] line) {
    return new RawRecord("t", 0, number, at, host.getBytes(StandardCharsets.UTF_8), line, Map.of());
  }
}

package io.oomstream.bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * CPU time of this process by what its threads do, while a piece of work runs. Linux knows it of
 * each thread, those of the compiler and the collector included. Threads are looked at every few
 * milliseconds, since those of a job end with it; what they did after the last look is "unseen".
 */
final class ThreadCpu {

  private static final long EVERY_MS = 200;
  private static final Path TASKS = Path.of("/proc/self/task");

  private final Map<String, String> kinds = new HashMap<>();
  private final Map<String, Long> first = new HashMap<>();
  private final Map<String, Long> last = new HashMap<>();
  private volatile boolean isOver;

  /** A piece of work. */
  interface Work {
    void run() throws Exception;
  }

  /**
   * What the work cost.
   *
   * @param seconds from begin to end
   * @param processNs CPU time of all threads, nanoseconds
   * @param byKind the same by the kind of thread; empty where the system does not say
   */
  record Cost(double seconds, long processNs, Map<String, Long> byKind) {}

  static Cost of(Work work) throws Exception {
    ThreadCpu cpu = new ThreadCpu();
    cpu.look(true);
    Thread sampler = new Thread(cpu::watch, "sampler");
    sampler.setDaemon(true);
    sampler.start();
    long processAt = process();
    long at = System.nanoTime();
    work.run();
    double seconds = (System.nanoTime() - at) / 1e9;
    long processNs = process() - processAt;
    cpu.isOver = true;
    sampler.join();
    cpu.look(false);
    Map<String, Long> byKind = new TreeMap<>();
    long known = 0;
    for (Map.Entry<String, Long> thread : cpu.last.entrySet()) {
      long ns = thread.getValue() - cpu.first.getOrDefault(thread.getKey(), 0L);
      known += ns;
      byKind.merge(cpu.kinds.getOrDefault(thread.getKey(), "other"), ns, Long::sum);
    }
    if (!byKind.isEmpty()) {
      byKind.put("unseen", Math.max(0, processNs - known));
    }
    return new Cost(seconds, processNs, byKind);
  }

  private void watch() {
    while (!isOver) {
      look(false);
      try {
        Thread.sleep(EVERY_MS);
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  private void look(boolean isFirst) {
    if (!Files.isDirectory(TASKS)) {
      return;
    }
    try (DirectoryStream<Path> tasks = Files.newDirectoryStream(TASKS)) {
      for (Path task : tasks) {
        look(task, isFirst);
      }
    } catch (IOException e) {
      // Then there is nothing to be seen at this look.
    }
  }

  private void look(Path task, boolean isFirst) {
    String id = task.getFileName().toString();
    try {
      String times = Files.readString(task.resolve("schedstat"), StandardCharsets.US_ASCII);
      long ns = Long.parseLong(times.substring(0, times.indexOf(' ')));
      kinds.put(id, kind(Files.readString(task.resolve("comm"), StandardCharsets.UTF_8).strip()));
      if (isFirst) {
        first.put(id, ns);
      }
      last.put(id, ns);
    } catch (IOException e) {
      // The thread has ended.
    }
  }

  /** Linux keeps 15 characters of a name. */
  private static String kind(String thread) {
    if (thread.startsWith("Source Data Fet")) {
      return "fetcher";
    }
    if (thread.startsWith("Source: kernel") || thread.startsWith("Source: logs")) {
      return "source's task";
    }
    if (thread.matches("C[12] Compiler.*")) {
      return "compiler";
    }
    if (thread.matches("(GC|G1) .*")) {
      return "collector";
    }
    if (thread.startsWith("kafka-producer")) {
      return "producers";
    }
    return thread.equals("sampler") ? "sampler" : "other";
  }

  private static long process() {
    return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
        .getProcessCpuTime();
  }
}

package io.oomstream.rehearsal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Resident memory of processes, once a second. */
final class MemoryWatch implements AutoCloseable {

  private final Map<String, List<Process>> processes = new TreeMap<>();
  private final Map<String, List<Long>> samples = new TreeMap<>();
  private final Thread thread = new Thread(this::watch, "memory");

  MemoryWatch() {
    thread.setDaemon(true);
    thread.start();
  }

  void add(String kind, Process process) {
    synchronized (this) {
      List<Process> same = processes.computeIfAbsent(kind, k -> new ArrayList<>());
      if (!same.contains(process)) {
        same.add(process);
      }
    }
  }

  /** The most that one process of the kind ever held, MiB; 0 if there was none. */
  long peak(String kind) {
    synchronized (this) {
      return samples.getOrDefault(kind, List.of()).stream().mapToLong(k -> k).max().orElse(0)
          / 1024;
    }
  }

  @Override
  public void close() throws InterruptedException {
    thread.interrupt();
    thread.join();
  }

  private void watch() {
    try {
      while (true) {
        Thread.sleep(1_000);
        synchronized (this) {
          processes.forEach(
              (kind, all) ->
                  all.stream()
                      .filter(Process::isAlive)
                      .forEach(
                          process ->
                              samples
                                  .computeIfAbsent(kind, k -> new ArrayList<>())
                                  .add(residentKb(process.pid()))));
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static long residentKb(long pid) {
    try {
      for (String line : Files.readAllLines(Path.of("/proc", String.valueOf(pid), "status"))) {
        if (line.startsWith("VmRSS:")) {
          return Long.parseLong(line.replaceAll("[^0-9]", ""));
        }
      }
    } catch (IOException e) {
      // It has just died.
    }
    return 0;
  }
}

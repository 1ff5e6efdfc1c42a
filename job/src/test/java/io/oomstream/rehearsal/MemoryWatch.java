package io.oomstream.rehearsal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Resident memory of processes, once a second. */
final class MemoryWatch {

  private static final int QUARTERS = 4;

  private final Map<Process, Watched> processes = new HashMap<>();
  private final Thread thread = new Thread(this::watch, "memory");

  private record Watched(String kind, List<Long> kilobytes) {}

  /**
   * Resident memory of one process.
   *
   * @param peakMb the most, MiB
   * @param grownMb mean of the last quarter of its life less that of the third, MiB
   */
  record Resident(long peakMb, long grownMb) {
    @Override
    public String toString() {
      return peakMb + " (" + (grownMb > 0 ? "+" : "") + grownMb + ")";
    }
  }

  MemoryWatch() {
    thread.setDaemon(true);
    thread.start();
  }

  void add(String kind, Process process) {
    synchronized (this) {
      processes.putIfAbsent(process, new Watched(kind, new ArrayList<>()));
    }
  }

  /** Of the kind's process that lived longest. */
  Resident of(String kind) {
    synchronized (this) {
      List<Long> longest =
          processes.values().stream()
              .filter(watched -> watched.kind().equals(kind))
              .map(Watched::kilobytes)
              .max(Comparator.comparingInt(List::size))
              .orElse(List.of());
      long peak = longest.stream().mapToLong(kb -> kb).max().orElse(0) / 1024;
      int n = longest.size();
      double third = mean(longest.subList(n * 2 / QUARTERS, n * 3 / QUARTERS));
      double last = mean(longest.subList(n * 3 / QUARTERS, n));
      return new Resident(peak, Math.round((last - third) / 1024));
    }
  }

  void stop() throws InterruptedException {
    thread.interrupt();
    thread.join();
  }

  private static double mean(List<Long> kilobytes) {
    return kilobytes.stream().mapToLong(kb -> kb).average().orElse(0);
  }

  private void watch() {
    try {
      while (true) {
        Thread.sleep(1_000);
        synchronized (this) {
          processes.forEach(
              (process, watched) -> {
                long kb = process.isAlive() ? residentKb(process.pid()) : 0;
                if (kb > 0) {
                  watched.kilobytes().add(kb);
                }
              });
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

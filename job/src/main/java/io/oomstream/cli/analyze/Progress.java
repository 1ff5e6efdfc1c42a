package io.oomstream.cli.analyze;

import io.oomstream.cli.input.Meter;
import io.oomstream.cli.shell.Terminal;
import io.oomstream.diagnosis.context.HumanUnits;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * How far a long read has come, on standard error if that is a terminal: how much, how fast, how
 * long it takes still. Closed when all is read.
 */
final class Progress implements AutoCloseable {

  /** What is read sooner needs no progress. */
  private static final long PATIENCE_MS = 2_000;

  private static final long EVERY_MS = 500;
  private static final String CLEAR = "\r\u001b[K";

  private final CountDownLatch done = new CountDownLatch(1);
  private final Thread thread;

  private Progress(Meter meter, long total) {
    thread = new Thread(() -> show(meter, total), "oomstream-progress");
    thread.setDaemon(true);
  }

  /**
   * Begins.
   *
   * @param total bytes to read; 0 if that is not known
   */
  static Progress of(Meter meter, long total) {
    Progress progress = new Progress(meter, total);
    if (Terminal.ofProcess().errors()) {
      progress.thread.start();
    } else {
      progress.done.countDown();
    }
    return progress;
  }

  private void show(Meter meter, long total) {
    long began = System.nanoTime();
    boolean shown = false;
    try {
      boolean over = done.await(PATIENCE_MS, TimeUnit.MILLISECONDS);
      while (!over) {
        double seconds = (System.nanoTime() - began) / 1e9;
        System.err.print(CLEAR + line(meter.bytes(), total, seconds));
        shown = true;
        over = done.await(EVERY_MS, TimeUnit.MILLISECONDS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (shown) {
      System.err.print(CLEAR);
    }
  }

  /** Such as {@code oomstream: read 1.0 GiB of 4.0 GiB (25 %), 100.0 MiB/s, 31 s left}. */
  static String line(long read, long total, double seconds) {
    long rate = seconds > 0 ? (long) (read / seconds) : 0;
    StringBuilder line = new StringBuilder("oomstream: read ").append(HumanUnits.bytes(read));
    boolean known = total >= read && total > 0;
    if (known) {
      line.append(" of ").append(HumanUnits.bytes(total));
      line.append(" (").append(read * 100 / total).append(" %)");
    }
    line.append(", ").append(HumanUnits.bytes(rate)).append("/s");
    if (known && rate > 0) {
      line.append(", ").append((total - read + rate - 1) / rate).append(" s left");
    }
    return line.toString();
  }

  @Override
  public void close() {
    done.countDown();
    try {
      // The line is cleared before the report is printed.
      thread.join(EVERY_MS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}

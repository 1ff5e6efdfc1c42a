package io.oomstream.rehearsal;

import java.io.IOException;
import java.time.Duration;

/**
 * Waits for what other processes do; only their state tells, so it is asked for again and again.
 */
final class Await {
  private static final Duration PATIENCE = Duration.ofSeconds(180);
  private static final long PAUSE_MS = 100;

  private Await() {}

  /** A look at the other process: null while it is not there yet. */
  interface Look<T> {
    T take() throws IOException, InterruptedException;
  }

  static <T> T that(String what, Look<T> look) throws InterruptedException {
    return that(PATIENCE, what, look);
  }

  static <T> T that(Duration patience, String what, Look<T> look) throws InterruptedException {
    long end = System.nanoTime() + patience.toNanos();
    IOException last = null;
    while (System.nanoTime() < end) {
      try {
        T found = look.take();
        if (found != null) {
          return found;
        }
      } catch (IOException e) {
        last = e;
      }
      Thread.sleep(PAUSE_MS);
    }
    throw new IllegalStateException("not within " + patience + ": " + what, last);
  }
}

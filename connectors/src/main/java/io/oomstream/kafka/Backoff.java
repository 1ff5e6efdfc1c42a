package io.oomstream.kafka;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Waits for an external system: longer each time, up to ten seconds, with a message at most once a
 * minute. Not thread-safe.
 */
public final class Backoff {
  static final Duration FIRST = Duration.ofMillis(500);
  static final Duration LONGEST = Duration.ofSeconds(10);
  static final Duration SAY_EVERY = Duration.ofMinutes(1);

  /** Sleeps. */
  interface Sleeper {
    void sleep(long ms) throws InterruptedException;
  }

  private final LongSupplier nanoClock;
  private final Sleeper sleeper;
  private long nextMs = FIRST.toMillis();
  private long saidAt;
  private boolean hasSaid;

  public Backoff() {
    this(System::nanoTime, Thread::sleep);
  }

  public Backoff(LongSupplier nanoClock, Sleeper sleeper) {
    this.nanoClock = nanoClock;
    this.sleeper = sleeper;
  }

  /** True the first time, and then once a minute. */
  public boolean isTimeToSay() {
    long now = nanoClock.getAsLong();
    if (hasSaid && now - saidAt < SAY_EVERY.toNanos()) {
      return false;
    }
    hasSaid = true;
    saidAt = now;
    return true;
  }

  /** Waits; false if the thread was interrupted, and keeps its interrupted status. */
  public boolean pause() {
    try {
      sleeper.sleep(nextMs);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
    nextMs = Math.min(2 * nextMs, LONGEST.toMillis());
    return true;
  }
}

package io.oomstream.anomaly;

import java.io.Serializable;

/**
 * Windows and thresholds of the detectors.
 *
 * <p>The defaults: five kills of their own within five minutes are more than one overload and its
 * aftermath. A workload that dies three times within an hour comes back to die again. Growth needs
 * three points, since two make a line of any noise; a day, since leaks are slow; and a level of two
 * percent of memory, under which nobody need wake up.
 *
 * @param stormWindowMs kills on one host within it count together
 * @param stormKills that many are a storm
 * @param crashLoopWindowMs kills of one workload on one host within it count together
 * @param crashLoopKills that many are a crash loop
 * @param growthWindowMs memory samples within it are held against each other
 * @param growthPoints fewest samples that make a trend
 * @param growthSpanMs shortest time between the first and the last of them
 * @param growthShare share of managed memory (0 to 1) that the growing thing must have reached
 * @param slabGrowthShare the same for caches other than task_struct, which grow and shrink more in
 *     ordinary use
 * @param growthFactor by how much it must have grown over the window
 */
public record DetectorOptions(
    long stormWindowMs,
    int stormKills,
    long crashLoopWindowMs,
    int crashLoopKills,
    long growthWindowMs,
    int growthPoints,
    long growthSpanMs,
    double growthShare,
    double slabGrowthShare,
    double growthFactor)
    implements Serializable {

  public static DetectorOptions defaults() {
    return new DetectorOptions(
        300_000, 5, 3_600_000, 3, 24 * 3_600_000L, 3, 1_000, 0.02, 0.05, 1.3);
  }

  long killWindowMs() {
    return Math.max(stormWindowMs, crashLoopWindowMs);
  }

  /** How long anything is remembered, milliseconds. */
  public long longestWindowMs() {
    return Math.max(growthWindowMs, killWindowMs());
  }
}

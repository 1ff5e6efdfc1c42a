package io.oomstream.rule;

import java.io.Serializable;

/**
 * Windows and thresholds of what is grouped over time, unless a live rule says otherwise.
 *
 * <p>The defaults: five kills of their own within five minutes are more than one overload and its
 * aftermath. A workload that dies three times within an hour comes back to die again. Three failed
 * allocations within five minutes are a burst: one is nothing, and drivers that retry make dozens.
 * One workload killed on ten hosts within ten minutes is a deploy or an input that all of them
 * share: in a fleet of ten thousand, chance brings together three or four. A minute is as often as
 * a person can read news.
 *
 * @param updateMs shortest time between two signals of one episode
 * @param settlingMs how long closings, updates and counts over the fleet wait, in event time, for
 *     blocks that are still on their way
 */
public record IncidentOptions(
    long stormWindowMs,
    int stormKills,
    long crashLoopWindowMs,
    int crashLoopKills,
    long burstWindowMs,
    int burstFailures,
    long fleetWindowMs,
    int fleetHosts,
    long updateMs,
    long settlingMs)
    implements Serializable {

  /** The defaults. */
  public static IncidentOptions defaults() {
    return new IncidentOptions(300_000, 5, 3_600_000, 3, 300_000, 3, 600_000, 10, 60_000, 30_000);
  }
}

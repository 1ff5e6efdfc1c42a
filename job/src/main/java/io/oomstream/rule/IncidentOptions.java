package io.oomstream.rule;

import io.oomstream.diagnosis.context.Language;
import java.io.Serializable;

/**
 * Windows and thresholds of episodes. Live rules can change them.
 *
 * <p>Why these defaults: five separate kills within five minutes are more than one overload and its
 * aftermath. A workload that dies three times within an hour is in a restart loop. Three failed
 * allocations within five minutes are a burst: a single one is common, and drivers that retry cause
 * dozens. One workload killed on ten hosts within ten minutes has a common cause, such as a deploy:
 * in a fleet of ten thousand hosts, chance explains three or four. Nobody reads updates more often
 * than once a minute.
 *
 * @param updateMs shortest time between two signals of one episode
 * @param settlingMs how long closings, updates and counts over the fleet wait for late blocks, in
 *     event time
 * @param language of the signals' texts
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
    long settlingMs,
    Language language)
    implements Serializable {

  /** In English. */
  public IncidentOptions(
      long stormWindowMs,
      int stormKills,
      long crashLoopWindowMs,
      int crashLoopKills,
      long burstWindowMs,
      int burstFailures,
      long fleetWindowMs,
      int fleetHosts,
      long updateMs,
      long settlingMs) {
    this(
        stormWindowMs,
        stormKills,
        crashLoopWindowMs,
        crashLoopKills,
        burstWindowMs,
        burstFailures,
        fleetWindowMs,
        fleetHosts,
        updateMs,
        settlingMs,
        Language.EN);
  }

  /** The same in a language. */
  public IncidentOptions in(Language newLanguage) {
    return new IncidentOptions(
        stormWindowMs,
        stormKills,
        crashLoopWindowMs,
        crashLoopKills,
        burstWindowMs,
        burstFailures,
        fleetWindowMs,
        fleetHosts,
        updateMs,
        settlingMs,
        newLanguage);
  }

  /** The defaults. */
  public static IncidentOptions defaults() {
    return new IncidentOptions(300_000, 5, 3_600_000, 3, 300_000, 3, 600_000, 10, 60_000, 30_000);
  }
}

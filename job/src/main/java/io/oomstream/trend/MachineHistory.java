package io.oomstream.trend;

import java.util.List;

/**
 * The recent samples and alarms of a machine. Bounded, and dropped when its window has passed. Kept
 * in keyed state.
 *
 * @param bootId of the newest snapshot; empty if unknown
 * @param lastEventMs event time of the newest sample
 * @param times of the samples, oldest first
 * @param tracks the series, each with a value for each time or {@link #ABSENT}
 * @param episodes alarms that are open
 * @param oomKills the kernel's count of kills at the newest snapshot; {@link #ABSENT} if not known
 * @param kills in the log that are not yet compared with the kernel's count
 * @param ids of the newest samples, to detect repeated ones
 */
public record MachineHistory(
    String bootId,
    long lastEventMs,
    long[] times,
    List<Track> tracks,
    List<Episode> episodes,
    long oomKills,
    List<KillCount> kills,
    List<String> ids) {

  public static final long ABSENT = Long.MIN_VALUE;

  public static final MachineHistory EMPTY =
      new MachineHistory(
          "", ABSENT, new long[0], List.of(), List.of(), ABSENT, List.of(), List.of());

  /** Times with samples. */
  public static final int MAX_TIMES = 64;

  /** Series; beyond it those of caches that were never big are dropped. */
  public static final int MAX_TRACKS = 64;

  /** Open alarms. */
  public static final int MAX_EPISODES = 64;

  /** Kills not yet compared with the kernel's count; beyond it the oldest are merged. */
  public static final int MAX_KILLS = 256;

  /** Ids of samples. */
  public static final int MAX_IDS = 64;

  /** One series. */
  public record Track(String what, long[] values) {}

  /**
   * An open alarm.
   *
   * @param heldMs the last time that its condition was true
   * @param peak the highest value since it opened
   */
  public record Episode(
      String kind, String subject, String id, long openedMs, long heldMs, double peak) {}

  /** The kills of one block. */
  public record KillCount(long eventTimeMs, String id, int kills) {}

  public boolean isEmpty() {
    return times.length == 0 && episodes.isEmpty() && kills.isEmpty() && oomKills == ABSENT;
  }
}

package io.oomstream.trend;

import java.util.List;

/**
 * What is remembered of a machine between samples: bounded, and dropped when its window has passed.
 * Kept in keyed state: components may be added, never changed or removed.
 *
 * @param bootId of the newest snapshot; empty if not known
 * @param lastEventMs event time of the newest sample
 * @param times of the samples, oldest first
 * @param tracks the series, each with a value for each time or {@link #ABSENT}
 * @param episodes alarms that are open
 * @param oomKills the kernel's count of kills at the newest snapshot; {@link #ABSENT} if not known
 * @param kills that the log told of and the count has not been held against
 * @param ids of the newest samples, so that none is taken twice
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

  /** Times that samples are remembered of. */
  public static final int MAX_TIMES = 64;

  /** Series remembered; those of caches that were never big go first. */
  public static final int MAX_TRACKS = 64;

  /** Open alarms. */
  public static final int MAX_EPISODES = 64;

  /** Kills not yet held against the kernel's count; the oldest are added up. */
  public static final int MAX_KILLS = 256;

  /** Ids remembered. */
  public static final int MAX_IDS = 64;

  /** One series. */
  public record Track(String what, long[] values) {}

  /**
   * An open alarm.
   *
   * @param heldMs the last time that its condition held
   * @param peak the highest value since it opened
   */
  public record Episode(
      String kind, String subject, String id, long openedMs, long heldMs, double peak) {}

  /** Kills that one block told of. */
  public record KillCount(long eventTimeMs, String id, int kills) {}

  public boolean isEmpty() {
    return times.length == 0 && episodes.isEmpty() && kills.isEmpty() && oomKills == ABSENT;
  }
}

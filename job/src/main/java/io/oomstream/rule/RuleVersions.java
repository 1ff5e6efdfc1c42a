package io.oomstream.rule;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The versions of one live rule by the time from which each counts; an event is judged by the one
 * that counted at its time. A version that came later stands for all that were to count after it
 * begins. Kept in state.
 */
public record RuleVersions(List<RuleChange> changes) {

  /**
   * Versions remembered that have begun, the last of them in force: events are seconds to minutes
   * late, rules change by hand.
   */
  public static final int MAX_PAST = 8;

  /** Versions that may be scheduled ahead; more are refused where they are read. */
  public static final int MAX_AHEAD = 8;

  /** With one more; the same change twice is one. */
  public static RuleVersions plus(@Nullable RuleVersions before, RuleChange change) {
    List<RuleChange> changes = new ArrayList<>(before == null ? List.of() : before.changes());
    if (changes.contains(change)) {
      return new RuleVersions(List.copyOf(changes));
    }
    changes.removeIf(other -> other.fromMs() >= change.fromMs());
    changes.add(change);
    int past = changes.size() - ahead(changes, change.saidMs());
    return new RuleVersions(
        List.copyOf(changes.subList(Math.max(0, past - MAX_PAST), changes.size())));
  }

  /** How many do not count yet at that event time. */
  public int ahead(long eventTimeMs) {
    return ahead(changes, eventTimeMs);
  }

  private static int ahead(List<RuleChange> changes, long eventTimeMs) {
    return (int) changes.stream().filter(change -> change.fromMs() > eventTimeMs).count();
  }

  /** The one that came last. */
  public RuleChange newest() {
    return changes.get(changes.size() - 1);
  }
}

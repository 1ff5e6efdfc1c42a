package io.oomstream.rule;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The versions of one live rule, by the time from which each applies. An event is judged by the
 * version that applied at its time. A newer version replaces all that would begin after it. Kept in
 * state.
 */
public record RuleVersions(List<RuleChange> changes) {

  /**
   * Versions kept that have begun; the last of them is in force. A few are enough: events are
   * seconds to minutes late, and rules change by hand.
   */
  public static final int MAX_PAST = 8;

  /** Versions that can be scheduled ahead; further ones are refused. */
  public static final int MAX_AHEAD = 8;

  /** With one more change; a repeated one is ignored. */
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

  /** How many versions begin after that event time. */
  public int ahead(long eventTimeMs) {
    return ahead(changes, eventTimeMs);
  }

  private static int ahead(List<RuleChange> changes, long eventTimeMs) {
    return (int) changes.stream().filter(change -> change.fromMs() > eventTimeMs).count();
  }

  /** The newest change. */
  public RuleChange newest() {
    return changes.get(changes.size() - 1);
  }
}

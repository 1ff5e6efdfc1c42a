package io.oomstream.anomaly;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The last versions of one live rule in the order in which they came; an event is judged by the one
 * that counted at its time. Kept in broadcast state.
 */
public record RuleVersions(List<RuleChange> changes) {

  /** Versions remembered: events are seconds to minutes late, rules change by hand. */
  public static final int MAX_VERSIONS = 8;

  /** With one more; null never comes out, the same change twice is one. */
  public static RuleVersions plus(@Nullable RuleVersions before, RuleChange change) {
    List<RuleChange> changes = new ArrayList<>(before == null ? List.of() : before.changes());
    if (!changes.contains(change)) {
      changes.add(change);
    }
    return new RuleVersions(Bounded.newest(changes, MAX_VERSIONS));
  }

  /** The one that came last. */
  public RuleChange newest() {
    return changes.get(changes.size() - 1);
  }
}

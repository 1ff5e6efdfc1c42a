package io.oomstream.anomaly;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * One version of a live rule, or its end. Kept in broadcast state as it was written: components may
 * be added, never changed or removed.
 *
 * @param version 0 for the end of a rule
 * @param fromMs event time from which it is the one that counts
 * @param json the rule; null if it was removed
 */
public record RuleChange(String id, long version, long fromMs, byte @Nullable [] json) {

  public boolean isRemoval() {
    return json == null;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof RuleChange that
        && id.equals(that.id)
        && version == that.version
        && fromMs == that.fromMs
        && Arrays.equals(json, that.json);
  }

  @Override
  public int hashCode() {
    return 31 * id.hashCode() + Long.hashCode(version);
  }
}

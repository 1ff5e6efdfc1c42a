package io.oomstream.rule;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * One version of a live rule, or its end. Kept in broadcast state as it was written: components may
 * be added, never changed or removed.
 *
 * @param version 0 for the end of a rule
 * @param fromMs event time from which it is the one that counts
 * @param saidMs time of its record
 * @param json the rule; null if it was removed
 */
public record RuleChange(
    String id, long version, long fromMs, long saidMs, byte @Nullable [] json) {

  /** One that counts from its record's time on. */
  public RuleChange(String id, long version, long fromMs, byte @Nullable [] json) {
    this(id, version, fromMs, fromMs, json);
  }

  public boolean isRemoval() {
    return json == null;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof RuleChange that
        && id.equals(that.id)
        && version == that.version
        && fromMs == that.fromMs
        && saidMs == that.saidMs
        && Arrays.equals(json, that.json);
  }

  @Override
  public int hashCode() {
    return 31 * id.hashCode() + Long.hashCode(version);
  }
}

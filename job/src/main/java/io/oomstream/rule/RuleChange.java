package io.oomstream.rule;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * One version of a live rule, or its removal. Kept in broadcast state as it was written.
 *
 * @param version 0 for a removal
 * @param fromMs event time from which this version applies
 * @param saidMs time of its record
 * @param json the rule; null if it was removed
 */
public record RuleChange(
    String id, long version, long fromMs, long saidMs, byte @Nullable [] json) {

  /** A change that applies from its record's time on. */
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

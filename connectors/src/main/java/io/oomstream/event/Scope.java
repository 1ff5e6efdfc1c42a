package io.oomstream.event;

import org.jspecify.annotations.Nullable;

/**
 * Whose limit it was.
 *
 * @param constraint as printed, for example {@code CONSTRAINT_MEMCG}
 * @param limitCgroup the control group whose limit was hit
 * @param taskCgroup the victim's control group
 */
public record Scope(
    Kind kind,
    @Nullable String constraint,
    @Nullable String nodemask,
    @Nullable String cpuset,
    @Nullable String memsAllowed,
    @Nullable String limitCgroup,
    @Nullable String taskCgroup) {

  /** The memory that ran out. */
  public enum Kind {
    GLOBAL,
    MEMCG,
    CPUSET,
    MEMORY_POLICY,
    UNKNOWN
  }
}

package io.oomstream.event.section;

import org.jspecify.annotations.Nullable;

/**
 * The limit that was reached.
 *
 * @param constraint as printed, for example {@code CONSTRAINT_MEMCG}
 * @param limitCgroup the control group whose limit was hit
 * @param taskCgroup the victim's control group
 * @param limitLevel what kind of group {@code limitCgroup} is
 * @param limitIsOwn whether it is the limit of the victim's own group or container, and not of a
 *     parent that it shares with others
 */
public record Scope(
    Kind kind,
    @Nullable String constraint,
    @Nullable String nodemask,
    @Nullable String cpuset,
    @Nullable String memsAllowed,
    @Nullable String limitCgroup,
    @Nullable String taskCgroup,
    @Nullable Level limitLevel,
    @Nullable Boolean limitIsOwn) {

  /** The level of the limit in the hierarchy of groups, innermost first. */
  public enum Level {
    CONTAINER,
    POD,
    QOS_CLASS,
    NODE_ALLOCATABLE,
    OUTER_CONTAINER,
    JOB,
    UNIT,
    USER,
    SLICE,
    OTHER
  }

  /** The memory that ran out. */
  public enum Kind {
    GLOBAL,
    MEMCG,
    CPUSET,
    MEMORY_POLICY,
    UNKNOWN
  }
}

package io.oomstream.event.section;

import org.jspecify.annotations.Nullable;

/**
 * The four parties of a kill: who requested memory, whose limit it was, who used the memory, and
 * who was killed.
 *
 * @param asked the task whose request could not be served
 * @param limit the owner of the limit: a control group's path, or in words
 * @param biggestProcess the process with most memory: resident pages and page tables
 * @param biggestName the processes of one name with most memory in total
 * @param biggestGroup the control group at its limit; absent without one
 * @param killed the victim
 * @param role whether the victim was the user of the memory
 * @param reason for the role, in the language of the summary
 */
public record Blame(
    @Nullable Party asked,
    @Nullable String limit,
    @Nullable Party biggestProcess,
    @Nullable Party biggestName,
    @Nullable Party biggestGroup,
    Party killed,
    Role role,
    String reason) {

  /**
   * One party with its memory.
   *
   * @param name of a process or path of a group
   * @param count of processes
   */
  public record Party(
      @Nullable String name,
      @Nullable Long pid,
      @Nullable Integer count,
      @Nullable Long residentBytes,
      @Nullable Long pageTableBytes,
      @Nullable Long swapBytes) {}

  /** The role of the victim. */
  public enum Role {
    /** It used most of the memory that ran out. */
    USER,
    /** It used a part, like others. */
    ONE_OF_SEVERAL,
    /** Others used the memory, or no process did. */
    BYSTANDER,
    /** The block does not show it. */
    UNKNOWN
  }
}

package io.oomstream.event.section;

import org.jspecify.annotations.Nullable;

/**
 * The four parties of a kill: who asked, whose limit it was, who used the memory, and who died for
 * it.
 *
 * @param asked the task whose request could not be served
 * @param limit whose limit: a control group's path, or in words
 * @param biggestProcess the process that holds most, resident pages and page tables
 * @param biggestName the processes of one name that hold most together
 * @param biggestGroup the control group that ran into its limit; absent for others
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
   * One of them, with what it held.
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

  /** What the victim was. */
  public enum Role {
    /** It held what ran out, or most of it. */
    USER,
    /** It held a part, as others did. */
    ONE_OF_SEVERAL,
    /** Others held it, or no process did. */
    BYSTANDER,
    /** The block does not tell. */
    UNKNOWN
  }
}

package io.oomstream.event.section;

/** Which line of the kernel names a victim whose kill line is not in the log. */
public enum KnownBy {
  /** {@code oom-kill:…,task=…,pid=…}, which the kernel prints right before it kills. */
  SUMMARY,
  /**
   * {@code Kill process 12 (a) score 900 or sacrifice child}, up to 5.1: the process that was
   * chosen. The kernel killed it, or a child of it in its place.
   */
  ANNOUNCEMENT,
  /** The oom_reaper's line: it visits victims only. */
  REAPER
}

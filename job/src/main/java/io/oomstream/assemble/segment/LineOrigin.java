package io.oomstream.assemble.segment;

import io.oomstream.format.line.KernelLine;
import io.oomstream.kernel.LineRule;
import io.oomstream.kernel.Section;
import org.jspecify.annotations.Nullable;

/** Whether a line can be from the kernel. */
public final class LineOrigin {

  private LineOrigin() {}

  /**
   * Whether the envelope proves that user space wrote the line: the kernel does not let anyone
   * claim facility 0 ({@code kernel/printk/printk.c: devkmsg_write}). A log collector's own message
   * about lost lines is accepted.
   */
  public static boolean isForged(@Nullable Integer facility, LineRule rule) {
    return facility != null && facility != 0 && !isOfUserSpace(rule);
  }

  /** Whether such a line is written by a program and not by the kernel. */
  public static boolean isOfUserSpace(LineRule rule) {
    return rule.section() == Section.USERSPACE_KILL
        || rule == LineRule.JOURNAL_MISSED
        || rule == LineRule.JOURNAL_SUPPRESSED
        || rule == LineRule.IMJOURNAL_LOST;
  }

  /** The same for a line. */
  public static boolean isForged(KernelLine line, LineRule rule) {
    return isForged(line.facility(), rule);
  }
}

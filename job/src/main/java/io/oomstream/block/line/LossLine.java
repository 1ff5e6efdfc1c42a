package io.oomstream.block.line;

import io.oomstream.kernel.LineRule;

/**
 * Lines that say how many lines are missing: {@code oom_kill_process: 7 callbacks suppressed},
 * {@code ** 12 printk messages dropped **}.
 */
public final class LossLine {

  private LossLine() {}

  /**
   * Whether the line says that lines were lost at its place, and not that the kernel limited its
   * own output.
   */
  public static boolean saysLinesAreMissing(LineRule rule) {
    return rule == LineRule.MESSAGES_DROPPED
        || rule == LineRule.RECORDS_DROPPED
        || rule == LineRule.RECORDS_LOST
        || rule == LineRule.JOURNAL_MISSED
        || rule == LineRule.JOURNAL_SUPPRESSED
        || rule == LineRule.IMJOURNAL_LOST;
  }

  /** The first number that is a whole word; 0 if the line has none. */
  public static long countOf(String text) {
    long value = 0;
    int digits = 0;
    for (int i = 0; i <= text.length(); i++) {
      char c = i < text.length() ? text.charAt(i) : ' ';
      if (c >= '0' && c <= '9') {
        boolean wordStart = digits > 0 || i == 0 || text.charAt(i - 1) == ' ';
        if (wordStart && digits < 18) {
          value = value * 10 + (c - '0');
          digits++;
        }
      } else if (digits > 0) {
        if (c == ' ') {
          return value;
        }
        value = 0;
        digits = 0;
      }
    }
    return 0;
  }
}

package io.oomstream.cli.input.paste;

import io.oomstream.kernel.Classifier;
import io.oomstream.kernel.LineRule;
import io.oomstream.kernel.Role;
import org.jspecify.annotations.Nullable;

/** What texts without a head tell by the grammar alone. */
public final class KernelText {

  private KernelText() {}

  /**
   * Whether a text that follows the rule is the beginning of a line, and can be no piece of one:
   * the weak rules take figures and frames, as any text may hold them.
   */
  static boolean begins(LineRule rule, String text) {
    if (text.isEmpty() || text.charAt(0) == ' ' || text.charAt(0) == '\t') {
      return false;
    }
    Role role = rule.role();
    return switch (rule) {
      case FAILURE_MODE, KILLED_TAIL, PIECE, TOTALS_ANON, TOTALS_TRIMMED, SLAB_ROW, ELIDED -> false;
      case CPU_HEADER, PID_HEADER, CALL_TRACE, CALL_TRACE_ARM, HARDWARE, TAINTED, BACKTRACE -> true;
      case ZONE, FREE_LIST, NODE, HUGE_PAGES -> text.startsWith("Node ") || isZone(text);
      default ->
          role == Role.OPENS
              || role == Role.BODY
              || role == Role.CLOSES
              || role == Role.AFTER
              || role == Role.STANDALONE;
    };
  }

  /** Whether the line has reached its end: nothing of it can follow. */
  public static boolean isWhole(LineRule rule, String text) {
    return switch (rule) {
      case INVOKED -> endsWithNumber(text, "oom_score_adj=");
      case SUMMARY -> endsWithNumber(text, ",uid=");
      case KILLED -> endsWithNumber(text, "oom_score_adj:");
      case REAPED -> text.endsWith("kB") && text.contains("shmem-rss:");
      default -> false;
    };
  }

  private static boolean endsWithNumber(String text, String label) {
    int at = text.lastIndexOf(label);
    String number = at < 0 ? "" : text.substring(at + label.length());
    return number.matches("-?[0-9]+");
  }

  private static boolean isZone(String text) {
    return text.startsWith("DMA") || text.startsWith("Normal") || text.startsWith("HighMem");
  }

  static @Nullable LineRule ruleOf(String text) {
    return Classifier.classify(text);
  }

  /** The leading blanks and tabs. */
  public static String indentOf(String text) {
    int i = 0;
    while (i < text.length() && (text.charAt(i) == ' ' || text.charAt(i) == '\t')) {
      i++;
    }
    return text.substring(0, i);
  }
}

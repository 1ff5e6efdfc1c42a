package io.oomstream.block.line;

import io.oomstream.block.text.Digits;
import io.oomstream.kernel.LineRule;

/** What the segmenter needs of a kill line: the pid, and whether a kernel can have written it. */
public final class KillLineShape {

  private static final String KILLED = "Killed process ";
  private static final String[] SIZES = {
    " total-vm:", " vsz:", " anon-rss:", " file-rss:", " shmem-rss:"
  };
  private static final int SMALLEST_PAGE_KB = 4;

  private KillLineShape() {}

  /** The pid behind {@code Killed process}; -1 if there is none. */
  public static long pidOf(String text) {
    int at = text.indexOf(KILLED);
    return at < 0 ? -1 : pid(text, at + KILLED.length());
  }

  /** The pid that a line of a block names as its victim; -1 if it names none. */
  public static long victimPidOf(LineRule rule, String text) {
    return switch (rule) {
      case KILLED -> pidOf(text);
      case KILLED_UB -> pidIn(text, "OOM killed process ");
      case KILL_SHARING -> pidIn(text, "Kill process ");
      case VICTIM_EXITING -> pidIn(text, "OOM victim ");
      case SUMMARY -> {
        SummaryLine summary = SummaryLine.parse(text);
        Long pid = summary == null ? null : summary.pid();
        yield pid == null ? -1 : pid;
      }
      default -> -1;
    };
  }

  private static long pidIn(String text, String words) {
    int at = text.lastIndexOf(words);
    return at < 0 ? -1 : pid(text, at + words.length());
  }

  /** The pid of an oom_reaper line; -1 if there is none. */
  public static long reapedPidOf(String text) {
    int at = text.indexOf(" process ");
    if (at >= 0) {
      return pid(text, at + 9);
    }
    at = text.indexOf(" pid:");
    return at < 0 ? -1 : pid(text, at + 5);
  }

  /**
   * Whether no kernel can have written the line: its sizes are printed as numbers of pages times
   * the page's kilobytes ({@code mm/oom_kill.c: K()}), and no page is smaller than 4 kB.
   */
  public static boolean isImpossible(String text) {
    int at = text.lastIndexOf(')');
    for (String size : SIZES) {
      int figure = text.indexOf(size, Math.max(at, 0));
      int from = figure + size.length();
      // A figure without its unit may be cut.
      boolean whole = figure >= 0 && text.startsWith("kB", Digits.end(text, from));
      long kb = whole ? number(text, from) : -1;
      if (kb >= 0 && kb % SMALLEST_PAGE_KB != 0) {
        return true;
      }
    }
    return false;
  }

  /** A number followed by a name or a UID: otherwise it can be part of a longer one. */
  private static long pid(String text, int from) {
    int end = Digits.end(text, from);
    boolean whole = text.startsWith(" (", end) || text.startsWith(", UID ", end);
    return whole ? number(text, from) : -1;
  }

  private static long number(String text, int from) {
    int i = from;
    long value = 0;
    while (i < text.length() && i - from < 18 && text.charAt(i) >= '0' && text.charAt(i) <= '9') {
      value = value * 10 + (text.charAt(i) - '0');
      i++;
    }
    return i == from ? -1 : value;
  }
}

package io.oomstream.assemble.segment;

import io.oomstream.block.text.Digits;

/** What the segmenter needs of a kill line: the pid, and whether a kernel can have written it. */
public final class KillLineShape {

  private static final String KILLED = "Killed process ";
  private static final String[] SIZES = {
    " total-vm:", " vsz:", " anon-rss:", " file-rss:", " shmem-rss:"
  };
  private static final int SMALLEST_PAGE_KB = 4;

  private KillLineShape() {}

  /** The pid behind {@code Killed process}; -1 if there is none. */
  static long pidOf(String text) {
    int at = text.indexOf(KILLED);
    return at < 0 ? -1 : pid(text, at + KILLED.length());
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
      long kb = figure < 0 ? -1 : number(text, figure + size.length());
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

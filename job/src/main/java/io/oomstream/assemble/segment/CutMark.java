package io.oomstream.assemble.segment;

/**
 * What viewers and people put where they cut: {@code ...} of journalctl at the right of a line,
 * {@code >} of less, {@code [...]} and {@code -- snip --} of somebody who shortened a block.
 */
public final class CutMark {

  /** U+2026, and its bytes as UTF-8 in Latin-1. */
  private static final String ELLIPSIS = "\u2026";

  private static final String ELLIPSIS_BYTES = "\u00e2\u0080\u00a6";

  private CutMark() {}

  /** Whether the text is nothing but such a mark. */
  public static boolean is(String text) {
    return text.equals(">") || text.equals("...") || text.equals("..") || isEllipsis(text);
  }

  /** Where a mark at the end of the text begins; the length of the text if there is none. */
  public static int at(String text) {
    for (String mark : new String[] {"...", ELLIPSIS, ELLIPSIS_BYTES}) {
      if (text.endsWith(mark)) {
        return text.length() - mark.length();
      }
    }
    return text.length();
  }

  private static boolean isEllipsis(String text) {
    return text.equals(ELLIPSIS) || text.equals(ELLIPSIS_BYTES);
  }
}

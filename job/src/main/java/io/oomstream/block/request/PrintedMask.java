package io.oomstream.block.request;

import io.oomstream.block.text.Digits;
import io.oomstream.event.section.Gfp;
import org.jspecify.annotations.Nullable;

/**
 * An allocation mask as it stands in a line: {@code 0xcc0(GFP_KERNEL)}.
 *
 * @param names what stands in the brackets, empty where they are cut; null without brackets, as up
 *     to 4.5
 */
public record PrintedMask(String mask, @Nullable String names) {

  public static @Nullable PrintedMask after(String text, String label, int from) {
    int at = text.indexOf(label, from);
    if (at < 0) {
      return null;
    }
    int start = at + label.length();
    int end = start;
    while (end < text.length() && isMaskChar(text.charAt(end))) {
      end++;
    }
    if (end == start) {
      return null;
    }
    // Only in the line of a failed allocation a bare mask may end the line.
    if (end == text.length() && label.startsWith("gfp")) {
      return null;
    }
    String names = null;
    if (end < text.length() && text.charAt(end) == '(') {
      int close = text.indexOf(')', end);
      names = close < 0 ? "" : text.substring(end + 1, close);
    } else if (end < text.length() && ",) ".indexOf(text.charAt(end)) < 0) {
      names = "";
    }
    String mask = whole(text.substring(start, end));
    return mask == null ? null : new PrintedMask(mask, names);
  }

  /** {@code %#x} prints no prefix of zero; any other mask without one was cut. */
  private static @Nullable String whole(String mask) {
    boolean hex = mask.length() > 2 && mask.startsWith("0x") && mask.indexOf('x', 2) < 0;
    return hex ? mask : mask.equals("0") ? "0x0" : null;
  }

  /**
   * Decodes it.
   *
   * @param era of the kernel that printed it; null if it is not known
   */
  public Gfp decode(@Nullable GfpEra era) {
    return GfpFlags.decode(mask, names, era);
  }

  private static boolean isMaskChar(char c) {
    return Digits.isDigit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F') || c == 'x';
  }
}

package io.oomstream.block.cgroup;

import org.jspecify.annotations.Nullable;

/** The shapes of names in control group paths. */
public final class PathText {

  private static final int SHORT_ID = 12;
  private static final int FULL_ID = 64;
  private static final int UUID = 36;

  private PathText() {}

  /** What follows the prefix; null if the text does not begin with it or ends there. */
  public static @Nullable String after(String text, String prefix) {
    return text.startsWith(prefix) && text.length() > prefix.length()
        ? text.substring(prefix.length())
        : null;
  }

  /** What stands between the two; null if they do not enclose anything. */
  static @Nullable String between(String text, String prefix, String suffix) {
    return text.startsWith(prefix)
            && text.endsWith(suffix)
            && text.length() > prefix.length() + suffix.length()
        ? text.substring(prefix.length(), text.length() - suffix.length())
        : null;
  }

  /** The text without the ending, if it has it. */
  static String without(String text, String suffix) {
    return text.endsWith(suffix) ? text.substring(0, text.length() - suffix.length()) : text;
  }

  static boolean isDigits(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) < '0' || text.charAt(i) > '9') {
        return false;
      }
    }
    return !text.isEmpty();
  }

  static boolean isHex(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (!isHex(text.charAt(i))) {
        return false;
      }
    }
    return !text.isEmpty();
  }

  /** A runtime's container id, whole or cut. */
  static boolean isContainerId(String text) {
    return text.length() >= SHORT_ID && text.length() <= FULL_ID && isHex(text);
  }

  static boolean isWholeContainerId(String text) {
    return text.length() == FULL_ID && isHex(text);
  }

  /**
   * A UUID at the text's begin, with dashes or with underscores for them; null if there is none.
   */
  static @Nullable String leadingUuid(String text) {
    if (text.length() < UUID) {
      return null;
    }
    for (int i = 0; i < UUID; i++) {
      boolean dash = i == 8 || i == 13 || i == 18 || i == 23;
      char c = text.charAt(i);
      if (dash ? c != '-' && c != '_' : !isHex(c)) {
        return null;
      }
    }
    return text.substring(0, UUID).replace('_', '-');
  }

  private static boolean isHex(char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
  }
}

package io.oomstream.kernel;

import java.util.regex.Pattern;

/** What {@link UnknownLine} says, once more and slowly, in regular expressions. */
final class PlainUnknownLine {

  private static final Pattern OTHERS =
      Pattern.compile(
          "(?:WARNING: |BUG: |INFO: |task:|NVRM: |WSL \\().*|[^:]{4,56}:..:..\\.\\d.*",
          Pattern.DOTALL);
  private static final Pattern FIGURES =
      Pattern.compile("Node .*|.*(?:[A-Za-z_)]:\\d|\\d ?[kK]B|\\d page).*", Pattern.DOTALL);
  private static final Pattern CONTROL = Pattern.compile("[\\x00-\\x08\\x0b-\\x1f]");
  private static final Pattern MEMORY =
      Pattern.compile(
          "mem|oom|swap|page|slab|slub|zone|lru|cma|alloc|task|kill", Pattern.CASE_INSENSITIVE);
  private static final int LONGEST_PREFIX = 64;

  private PlainUnknownLine() {}

  static boolean matches(String text) {
    return !text.isEmpty()
        && !OTHERS.matcher(text).matches()
        && (isSentence(text) || FIGURES.matcher(text).matches())
        && !CONTROL.matcher(text).find();
  }

  private static boolean isSentence(String text) {
    char first = text.charAt(0);
    if (first == ' ' || first == '\t') {
      return true;
    }
    if (first == '[') {
      return text.matches("(?s)\\[ *\\d.*");
    }
    if (!String.valueOf(first).matches("[A-Za-z0-9]")) {
      return false;
    }
    String prefix = text.substring(0, Math.min(text.length(), LONGEST_PREFIX));
    int colon = -1;
    for (int i = 0; i < prefix.length() && colon < 0; i++) {
      boolean ends = i + 1 == text.length() || text.charAt(i + 1) == ' ';
      colon = prefix.charAt(i) == ':' && ends ? i : -1;
    }
    String before = colon < 0 ? prefix : prefix.substring(0, colon);
    String word = before.split(" ", 2)[0];
    return word.indexOf('=') < 0 && (colon < 0 || MEMORY.matcher(before).find());
  }
}

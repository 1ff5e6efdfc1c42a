package io.oomstream.cli.report;

/**
 * Text that a terminal or browser shows and does not obey: processes choose their names, and may
 * choose escape sequences or marks that turn the direction of writing.
 */
public final class PlainText {

  private PlainText() {}

  /** The text with characters that control instead of print written as their code. */
  public static String of(String text) {
    StringBuilder plain = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (controls(c)) {
        plain.append(String.format("\\u%04x", (int) c));
      } else {
        plain.append(c);
      }
    }
    return plain.toString();
  }

  private static boolean controls(char c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          true;
      default -> false;
    };
  }
}

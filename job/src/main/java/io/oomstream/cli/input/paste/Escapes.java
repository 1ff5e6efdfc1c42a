package io.oomstream.cli.input.paste;

/** What JSON, Python and shells write for characters within quotes. */
final class Escapes {

  private Escapes() {}

  static String undone(String text) {
    if (text.indexOf('\\') < 0) {
      return text;
    }
    StringBuilder out = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      char next = c == '\\' && i + 1 < text.length() ? text.charAt(i + 1) : 0;
      switch (next) {
        case '"', '\'', '\\', '/' -> out.append(next);
        case 't' -> out.append('\t');
        default -> {
          out.append(c);
          continue;
        }
      }
      i++;
    }
    return out.toString();
  }
}

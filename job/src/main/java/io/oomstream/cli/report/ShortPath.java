package io.oomstream.cli.report;

/** A control group's path, short enough for a line: long ids cut, the middle left out. */
final class ShortPath {

  /** Columns that a path may take. */
  private static final int MOST = 64;

  private static final int ID = 12;
  private static final int UUID = 36;

  private ShortPath() {}

  static String of(String path) {
    String text = cutIds(path);
    if (Columns.width(text) <= MOST) {
      return text;
    }
    int last = text.lastIndexOf('/', text.length() - 2);
    int first = text.indexOf('/', 1);
    if (last <= 0 || first <= 0 || first >= last) {
      return text;
    }
    return text.substring(0, first) + "/…" + text.substring(last);
  }

  /** Its last part, which is what people call the group. */
  static String name(String path) {
    String text = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    int last = text.lastIndexOf('/');
    return cutIds(last >= 0 && last < text.length() - 1 ? text.substring(last + 1) : path);
  }

  private static String cutIds(String path) {
    StringBuilder text = new StringBuilder();
    int hex = 0;
    for (int i = 0; i < path.length(); i++) {
      char c = path.charAt(i);
      boolean digit = Character.digit(c, 16) >= 0;
      hex = digit ? hex + 1 : 0;
      if (hex <= ID || !isLong(path, i - hex + 1)) {
        text.append(c);
      } else if (hex == ID + 1) {
        text.append('…');
      }
    }
    return text.toString();
  }

  private static boolean isLong(String path, int start) {
    int end = start;
    while (end < path.length() && Character.digit(path.charAt(end), 16) >= 0) {
      end++;
    }
    return end - start >= UUID;
  }
}

package io.oomstream.cli.shell;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is known of the reader's terminal. Java can't ask for it; the launcher does.
 *
 * @param columns of standard output; null if it is no terminal
 * @param noColour whether the user wants no colours anywhere ({@code NO_COLOR}, {@code TERM=dumb})
 * @param errors whether standard error is a terminal
 */
public record Terminal(@Nullable Integer columns, boolean noColour, boolean errors) {

  /** Where colours go. */
  public enum Colour {
    auto,
    always,
    never
  }

  /** Of this process. */
  public static Terminal ofProcess() {
    return of(System.getProperty("oomstream.terminal", ""), System.getenv());
  }

  /**
   * Reads what the launcher says.
   *
   * @param said such as {@code out=120 err}: the columns of standard output if that is a terminal,
   *     and whether standard error is one
   */
  static Terminal of(String said, Map<String, String> environment) {
    Integer columns = null;
    boolean errors = false;
    for (String part : said.split(" ", -1)) {
      if (part.startsWith("out=")) {
        columns = number(part.substring("out=".length()));
      }
      errors |= part.equals("err");
    }
    String noColour = environment.get("NO_COLOR");
    boolean none =
        (noColour != null && !noColour.isEmpty()) || "dumb".equals(environment.get("TERM"));
    return new Terminal(columns, none, errors);
  }

  private static Integer number(String digits) {
    try {
      int columns = Integer.parseInt(digits);
      return columns > 0 ? columns : 100;
    } catch (NumberFormatException notSaid) {
      return 100;
    }
  }

  /** The width of a report that goes there. */
  public int columns(int otherwise) {
    return columns == null ? otherwise : columns;
  }

  public boolean shows(Colour wanted) {
    return switch (wanted) {
      case always -> true;
      case never -> false;
      case auto -> columns != null && !noColour;
    };
  }
}

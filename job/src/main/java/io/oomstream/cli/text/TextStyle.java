package io.oomstream.cli.text;

/**
 * How a report is printed.
 *
 * @param columns of a line
 * @param colour whether the reader's terminal shows colours
 * @param explain each kill with what its figures mean
 */
public record TextStyle(int columns, boolean colour, Detail detail, boolean explain) {

  /** How much of what is known is printed. */
  public enum Detail {
    /** The index only. */
    SUMMARY,
    /** The index, and a short card for each kind of kill. */
    CARDS,
    /** A card for each kill, with every line. */
    FULL
  }

  /** Columns where nothing is known of the reader's terminal. */
  public static final int WIDTH = 100;

  /** A narrower one leaves no room beside the labels. */
  private static final int LEAST = 40;

  /** A line that is longer is hard to read. */
  private static final int MOST = 160;

  public static final TextStyle PLAIN = new TextStyle(WIDTH, false, Detail.CARDS, false);

  public TextStyle {
    columns = Math.max(LEAST, Math.min(MOST, columns));
  }

  public TextStyle withExplain() {
    return new TextStyle(columns, colour, detail, true);
  }

  public TextStyle with(Detail wanted) {
    return new TextStyle(columns, colour, wanted, explain);
  }

  Paint paint() {
    return colour ? Paint.ANSI : Paint.NONE;
  }
}

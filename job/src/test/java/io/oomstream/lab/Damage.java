package io.oomstream.lab;

import io.oomstream.kernel.Classifier;
import io.oomstream.kernel.LineRule;
import io.oomstream.kernel.Section;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * What happens to lines on their way.
 *
 * <p>A byte never becomes a digit or a minus sign: no reader can doubt a figure that became another
 * figure. For the same reason no cut leaves a part of a number that nothing follows or nothing
 * precedes, and splices join different parts of a report, at a blank.
 */
public enum Damage {
  LOST {
    @Override
    void apply(List<String> lines, int at, Random random) {
      lines.remove(at);
    }
  },
  TWICE {
    @Override
    void apply(List<String> lines, int at, Random random) {
      lines.add(at, lines.get(at));
    }
  },
  TWICE_LATER {
    @Override
    void apply(List<String> lines, int at, Random random) {
      lines.add(at + random.nextInt(lines.size() - at), lines.get(at));
    }
  },
  END_CUT {
    @Override
    void apply(List<String> lines, int at, Random random) {
      String line = lines.get(at);
      int end = random.nextInt(line.length() + 1);
      int number = line.length();
      while (number > 0 && Character.digit(line.charAt(number - 1), 16) >= 0) {
        number--;
      }
      lines.set(at, line.substring(0, end > number ? number : end));
    }
  },
  HEAD_CUT {
    @Override
    void apply(List<String> lines, int at, Random random) {
      String line = lines.get(at);
      int from = random.nextInt(line.length() + 1);
      while (from > 0 && from < line.length() && Character.isDigit(line.charAt(from))) {
        from++;
      }
      lines.set(at, line.substring(from));
    }
  },
  BYTE {
    @Override
    void apply(List<String> lines, int at, Random random) {
      StringBuilder line = new StringBuilder(lines.get(at));
      if (line.length() > 0) {
        line.setCharAt(random.nextInt(line.length()), noFigure(random));
        lines.set(at, line.toString());
      }
    }
  },
  SPLICED {
    @Override
    void apply(List<String> lines, int at, Random random) {
      String line = lines.get(at);
      String other = lines.get(random.nextInt(lines.size()));
      LineRule rule = Classifier.classify(line);
      LineRule otherRule = Classifier.classify(other);
      int end = blank(line, random);
      int from = blank(other, random);
      boolean apart = rule == null || otherRule == null || kind(rule) != kind(otherRule);
      boolean number = from > 0 && from + 1 < other.length() && isFigure(other.charAt(from + 1));
      if (apart && end > 0 && from > 0 && !number) {
        lines.set(at, line.substring(0, end) + other.substring(from));
      }
    }
  },
  SWAPPED {
    @Override
    void apply(List<String> lines, int at, Random random) {
      int other = Math.min(lines.size() - 1, at + 1 + random.nextInt(2));
      lines.add(other, lines.remove(at));
    }
  },
  MOVED {
    @Override
    void apply(List<String> lines, int at, Random random) {
      String line = lines.remove(at);
      lines.add(random.nextInt(lines.size() + 1), line);
    }
  };

  abstract void apply(List<String> lines, int at, Random random);

  /** The lines, some of them damaged in this way. */
  public List<String> of(List<String> lines, int times, Random random) {
    List<String> damaged = new ArrayList<>(lines);
    for (int i = 0; i < times && damaged.size() > 1; i++) {
      apply(damaged, random.nextInt(damaged.size()), random);
    }
    return damaged;
  }

  /** Nodes and zones have counters of the same names. */
  private static Section kind(LineRule rule) {
    return rule.section() == Section.NODES ? Section.ZONES : rule.section();
  }

  private static boolean isFigure(char c) {
    return Character.isDigit(c) || c == '-';
  }

  private static char noFigure(Random random) {
    char c = (char) random.nextInt(256);
    return (c >= '0' && c <= '9') || c == '-' || c == '\n' ? ' ' : c;
  }

  private static int blank(String line, Random random) {
    return line.isEmpty() ? -1 : line.indexOf(' ', random.nextInt(line.length()));
  }
}

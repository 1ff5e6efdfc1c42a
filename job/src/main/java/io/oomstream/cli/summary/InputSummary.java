package io.oomstream.cli.summary;

import io.oomstream.format.line.LineView;
import io.oomstream.kernel.Classifier;
import io.oomstream.kernel.LineRule;
import io.oomstream.kernel.Role;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What was read of all logs: how much, how much of it looks like the kernel's, and what was not
 * understood where a report was open. Without it no all-clear can be given.
 */
public final class InputSummary {

  private static final int KEPT = 5;
  private static final int LONGEST = 160;
  private static final int CHANCE = 100;
  private static final int MOST_BEHIND_HEAD = 200;

  private long files;
  private long records;
  private long lines;
  private long kernelLines;
  private long provenLines;
  private long unread;
  private @Nullable Instant first;
  private @Nullable Instant last;
  private final List<String> pieces = new ArrayList<>();
  private final List<String> warnings = new ArrayList<>();

  /** One log's: whether a report is open in it. */
  public final class Log {
    private int sinceHead = -1;

    public Log() {
      files++;
    }

    public void line(LineView view) {
      lines++;
      LineRule rule = Classifier.classify(view.bytes(), view.start(), view.end());
      boolean strong = rule != null && isStrong(rule, view);
      if (view.saysKernel() || strong) {
        kernelLines++;
        provenLines += isHeaded(view) ? 1 : 0;
        time(view);
      }
      if (rule != null && rule.role() == Role.OPENS) {
        sinceHead = 0;
      } else if (rule != null && rule.role() == Role.CLOSES) {
        sinceHead = -1;
      } else if (sinceHead >= 0 && ++sinceHead > MOST_BEHIND_HEAD) {
        sinceHead = -1;
      }
      if (sinceHead > 0 && rule == null && !view.saysKernel() && view.facility() <= 0) {
        piece(view);
      }
    }

    private void piece(LineView view) {
      String text =
          new String(view.bytes(), view.start(), view.end() - view.start(), StandardCharsets.UTF_8)
              .strip();
      if (text.isEmpty()) {
        return;
      }
      unread++;
      if (pieces.size() < KEPT) {
        pieces.add(text.length() > LONGEST ? text.substring(0, LONGEST) : text);
      }
    }
  }

  private static boolean isStrong(LineRule rule, LineView view) {
    byte first = view.bytes()[view.start()];
    return switch (rule) {
      case SLAB_ROW, COUNTERS, MEMCG_STAT, PIECE, ELIDED, FREE_LIST, TOTALS_TRIMMED, PAGES_OTHER ->
          false;
      default -> first != ' ' && rule.role() != Role.CONTEXT && rule.role() != Role.TAIL;
    };
  }

  /** {@code kernel:} alone may be a word of a sentence that goes on in the next line. */
  private static boolean isHeaded(LineView view) {
    return (view.saysKernel() && view.wallTimeUs() != LineView.ABSENT)
        || view.kernelTimeUs() != LineView.ABSENT
        || view.sequence() != LineView.ABSENT;
  }

  private void time(LineView view) {
    if (view.wallTimeUs() == LineView.ABSENT) {
      return;
    }
    Instant time = Instant.ofEpochMilli(Math.floorDiv(view.wallTimeUs(), 1000L));
    first = first == null || time.isBefore(first) ? time : first;
    last = last == null || time.isAfter(last) ? time : last;
  }

  public Log log() {
    return new Log();
  }

  public void record() {
    records++;
  }

  /** What was handed to the decoder, whether it could be decoded or not. */
  public long records() {
    return records;
  }

  /** A log of which the rest could not be read. */
  public void warn(String warning) {
    warnings.add(warning);
  }

  public List<String> warnings() {
    return warnings;
  }

  long files() {
    return files;
  }

  long lines() {
    return lines;
  }

  /**
   * Lines that look like the kernel's. One among a hundred of a text without the kernel's heads
   * looks so by chance: changelogs and mails quote such lines.
   */
  public long kernelLines() {
    return provenLines == 0 && kernelLines * CHANCE < lines ? 0 : kernelLines;
  }

  /** Lines without a head that no rule knows, behind the head of a report. */
  long unread() {
    return unread;
  }

  /** The first of these. */
  List<String> pieces() {
    return pieces;
  }

  @Nullable Instant first() {
    return first;
  }

  @Nullable Instant last() {
    return last;
  }
}

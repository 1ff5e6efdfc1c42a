package io.oomstream.block.victim;

import io.oomstream.block.text.Digits;
import org.jspecify.annotations.Nullable;

/**
 * {@code Out of memory: Kill process 2592 (mysqld) score 951 or sacrifice child}: the choice, which
 * up to 5.0 stands before the kill ({@code mm/oom_kill.c: oom_kill_process}).
 *
 * @param comm in Latin-1; null if the line was cut in it
 */
public record ScoreLine(String message, long pid, @Nullable String comm, @Nullable Long score) {

  static @Nullable ScoreLine parse(String text) {
    int at = text.indexOf(": Kill process ");
    if (at < 0) {
      at = text.indexOf(": kill process ");
    }
    Long pid = at < 0 ? null : Digits.before(text, at + 15, " (");
    if (pid == null) {
      return null;
    }
    int score = text.lastIndexOf(") score ");
    int open = text.indexOf('(', at);
    return new ScoreLine(
        text.substring(0, at),
        pid,
        score <= open ? null : text.substring(open + 1, score),
        score < 0 ? null : whole(text, score + 8));
  }

  /** More words follow the score; where they do not, it may be cut. */
  private static @Nullable Long whole(String text, int from) {
    Long or = Digits.before(text, from, " or ");
    return or != null ? or : Digits.before(text, from, " and ");
  }
}

package io.oomstream.block.victim;

import io.oomstream.block.line.KillLineShape;
import io.oomstream.block.text.Digits;
import io.oomstream.block.text.Figure;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * {@code Out of memory: Killed process 5071 (a.out) total-vm:…kB, anon-rss:…kB, …} in every form
 * since 2.6 ({@code mm/oom_kill.c: __oom_kill_process}), and OpenVZ's {@code Out of memory in UB
 * 101: OOM killed process 5071 (a.out) score 0 vm:…kB, rss:…kB, swap:…kB}. The name may hold
 * anything, the line's own words too: it ends where the last of the words that follow it begins.
 *
 * @param message what stands before; null for lines up to 5.0, which have none
 * @param comm in Latin-1; null if the line was cut before it
 * @param score in OpenVZ's form only
 * @param figures of the line's rest
 */
public record KillLine(
    long pid,
    @Nullable String message,
    @Nullable String comm,
    @Nullable Long uid,
    @Nullable Long score,
    Map<String, Figure> figures) {

  private static final String KILLED = "Killed process ";
  private static final String SHARING = "Kill process ";
  private static final String KILLED_IN_UB = "OOM killed process ";
  private static final String SCORE = ") score ";
  private static final String[] BEHIND_NAME = {
    ") total-vm:", ") vsz:", "), UID ", ") VE \"", SCORE
  };

  static @Nullable KillLine parse(String text) {
    int at = text.indexOf(KILLED);
    int words = KILLED.length();
    int inUb = text.indexOf(KILLED_IN_UB);
    if (inUb >= 0 && (at < 0 || inUb < at)) {
      at = inUb;
      words = KILLED_IN_UB.length();
    }
    Long pid = at < 0 ? null : Digits.at(text, at + words);
    if (pid == null) {
      return null;
    }
    int afterPid = Digits.end(text, at + words);
    if (!text.startsWith(" (", afterPid) && !text.startsWith(", UID ", afterPid)) {
      return null;
    }
    Long uid =
        text.startsWith(", UID ", afterPid) ? Digits.signedBefore(text, afterPid + 6, ", (") : null;
    int open = text.indexOf('(', afterPid);
    int close = open < 0 ? -1 : nameEnd(text, open + 1);
    Map<String, Figure> printed = close < 0 ? Map.of() : Figure.readAll(text, close + 1);
    Map<String, Figure> figures =
        KillLineShape.isImpossible(text) ? withoutSizes(printed) : printed;
    Figure printedUid = figures.get("UID");
    if (printedUid != null) {
      uid = printedUid.signedCount();
    } else if (close > 0 && text.startsWith("), UID ", close)) {
      uid = Digits.signedBefore(text, close + 7, ", ");
    }
    return new KillLine(
        pid,
        at >= 2 && text.startsWith(": ", at - 2) ? text.substring(0, at - 2) : null,
        close < 0 ? null : text.substring(open + 1, close),
        uid,
        close < 0 || !text.startsWith(SCORE, close)
            ? null
            : Digits.before(text, close + SCORE.length(), " "),
        figures);
  }

  /** {@code Kill process 12 (a) sharing same memory}, 3.0 to 4.7. */
  static @Nullable KillLine parseSharing(String text) {
    Long pid = Digits.between(text, SHARING, " (", 0);
    int open = text.indexOf('(');
    int close = text.lastIndexOf(") sharing same memory");
    if (pid == null || open < 0 || close <= open) {
      return null;
    }
    return new KillLine(pid, null, text.substring(open + 1, close), null, null, Map.of());
  }

  /** Somebody edited the sizes: none of them is the kernel's. */
  private static Map<String, Figure> withoutSizes(Map<String, Figure> figures) {
    Map<String, Figure> left = new LinkedHashMap<>(figures);
    left.values().removeIf(Figure::kilobytes);
    return left;
  }

  /** A size of the line in bytes; null if the line does not hold it. */
  @Nullable
  public Long bytes(String name) {
    Figure figure = figures.get(name);
    return figure == null ? null : figure.bytes();
  }

  /**
   * Whether the sizes of the resident memory are all there: up to 4.4 {@code file-rss} is the last,
   * and holds the shared pages too.
   */
  boolean hasWholeRss() {
    Figure file = figures.get("file-rss");
    return figures.containsKey("shmem-rss") || (file != null && file.last());
  }

  private static int nameEnd(String text, int from) {
    int end = -1;
    for (String words : BEHIND_NAME) {
      end = Math.max(end, text.lastIndexOf(words));
    }
    if (end < from) {
      end = text.lastIndexOf(')');
    }
    return end < from ? -1 : end;
  }
}

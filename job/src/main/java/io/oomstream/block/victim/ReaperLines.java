package io.oomstream.block.victim;

import io.oomstream.block.line.KillLineShape;
import io.oomstream.block.text.Figure;
import io.oomstream.event.section.Reaper;
import io.oomstream.kernel.LineRule;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the {@code oom_reaper} thread says of the killed ({@code mm/oom_kill.c: oom_reap_task}). */
public final class ReaperLines {

  private static final String NOW = "), now anon-rss:";

  private final Map<Long, Reaper> byPid = new HashMap<>();

  public boolean take(LineRule rule, String text) {
    long pid = KillLineShape.reapedPidOf(text);
    if (pid < 0) {
      return false;
    }
    if (rule == LineRule.UNABLE_TO_REAP) {
      byPid.put(pid, new Reaper(false, null, null, null));
      return true;
    }
    int left = text.lastIndexOf(NOW);
    Map<String, Figure> figures = left < 0 ? Map.of() : Figure.readAll(text, left + 7);
    byPid.put(
        pid,
        new Reaper(
            true,
            bytes(figures.get("anon-rss")),
            bytes(figures.get("file-rss")),
            bytes(figures.get("shmem-rss"))));
    return left >= 0;
  }

  /** The name in Latin-1; null if the line was cut in it. */
  public static @Nullable String commOf(String text) {
    int open = text.indexOf('(');
    int close = Math.max(text.lastIndexOf(NOW), text.endsWith(")") ? text.length() - 1 : -1);
    return open < 0 || close <= open ? null : text.substring(open + 1, close);
  }

  @Nullable
  public Reaper of(long pid) {
    return byPid.get(pid);
  }

  private static @Nullable Long bytes(@Nullable Figure figure) {
    return figure == null ? null : figure.bytes();
  }
}

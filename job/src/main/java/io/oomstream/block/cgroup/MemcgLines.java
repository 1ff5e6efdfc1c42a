package io.oomstream.block.cgroup;

import io.oomstream.block.text.Digits;
import io.oomstream.block.text.FieldName;
import io.oomstream.block.text.Figure;
import io.oomstream.block.text.Latin1;
import io.oomstream.event.section.Memcg;
import io.oomstream.kernel.LineRule;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Usage, limits and statistics of the control group at its limit ({@code mm/memcontrol.c}). */
public final class MemcgLines {

  /**
   * What {@code PAGE_COUNTER_MAX} prints as, give or take the page size's rounding ({@code
   * include/linux/page_counter.h}): no limit.
   */
  private static final long NO_LIMIT_KB = 9_007_199_254_740_000L;

  /** The same on 32 bit: LONG_MAX pages. */
  private static final long NO_LIMIT_KB_32BIT = 4L * Integer.MAX_VALUE;

  /** No path holds these words so often, and no line may take more than linear time. */
  private static final int MOST_TRIES = 16;

  private static final String KILLED = " killed";
  private static final String LIMIT_OF = " as a result of limit of ";

  private final Set<String> inlineGroups = new HashSet<>();

  /**
   * Names that stand twice: {@code active_anon} is also what a cut leaves of {@code inactive_anon}.
   */
  private final Set<String> doubtful = new HashSet<>();

  private boolean seen;
  private @Nullable String taskPath;
  private @Nullable String limitPath;
  private @Nullable String statsPath;
  private Memcg.@Nullable Usage memory;
  private Memcg.@Nullable Usage swap;
  private Memcg.@Nullable Usage memoryAndSwap;
  private Memcg.@Nullable Usage kmem;
  private final Map<String, Long> stats = new LinkedHashMap<>();

  public boolean take(LineRule rule, String text) {
    if (rule == LineRule.MEMCG_PROTECTION) {
      return true;
    }
    seen = true;
    return switch (rule) {
      case MEMCG_KILLED_BY_LIMIT -> killedByLimit(text);
      case MEMCG_LIMIT_REACHED -> limitReached(text);
      case MEMCG_RESULT_OF_LIMIT -> resultOfLimit(text);
      case MEMCG_MEMORY -> (memory = usage(text)) != null;
      case MEMCG_SWAP -> (swap = usage(text)) != null;
      case MEMCG_MEMSW -> (memoryAndSwap = usage(text)) != null;
      case MEMCG_KMEM -> (kmem = usage(text)) != null;
      case MEMCG_STATS -> statsHead(text);
      case MEMCG_STAT -> values(text);
      default -> true;
    };
  }

  public boolean seen() {
    return seen;
  }

  /** The chosen task's group, where the kernel says so before the kill: up to 4.20. */
  @Nullable
  public String taskPath() {
    return taskPath;
  }

  /**
   * The group at its limit. The kernel prints its statistics first and those of the groups below it
   * behind them: if they are not below the first, the first is lost, and the limit stands where all
   * of them meet, or above.
   */
  @Nullable
  public String limitPath() {
    if (limitPath != null || statsPath == null) {
      return limitPath;
    }
    String meet = statsPath;
    for (String group : inlineGroups) {
      meet = common(meet, Latin1.decode(group));
    }
    return meet.isEmpty() ? "/" : meet;
  }

  /** The longest path that both lie at or below. */
  private static String common(String a, String b) {
    int end = 0;
    for (int i = 0; i <= Math.min(a.length(), b.length()); i++) {
      boolean endOfA = i == a.length() || a.charAt(i) == '/';
      boolean endOfB = i == b.length() || b.charAt(i) == '/';
      if (endOfA && endOfB) {
        end = i;
      }
      if (i == a.length() || i == b.length() || a.charAt(i) != b.charAt(i)) {
        break;
      }
    }
    return a.substring(0, end);
  }

  @Nullable
  public Memcg toMemcg(@Nullable String path) {
    if (!seen) {
      return null;
    }
    stats.keySet().removeAll(doubtful);
    Long usage = memory == null ? null : memory.usageBytes();
    return new Memcg(
        statsPath != null && statsPath.equals(limitPath())
            ? statsPath
            : path != null ? path : limitPath(),
        usage,
        memory == null ? null : memory.limitBytes(),
        memory == null ? null : memory.failCount(),
        isOfVersion1() ? null : swap,
        memoryAndSwap,
        kmem,
        MemcgStats.of(stats),
        MemcgAccounting.of(usage, kmem, stats));
  }

  /** Only version 2 prints {@code swap:}; there it is no line that lost its {@code memory+}. */
  private boolean isOfVersion1() {
    return memoryAndSwap != null || kmem != null || taskPath != null;
  }

  private boolean limitReached(String text) {
    int at = text.indexOf(" of cgroup ");
    if (at >= 0) {
      limitPath = Latin1.decode(text.substring(at + 11));
    }
    return at >= 0;
  }

  private boolean resultOfLimit(String text) {
    limitPath = Latin1.decode(text.substring(LIMIT_OF.length()));
    return true;
  }

  private boolean killedByLimit(String text) {
    int limit = limitAt(text);
    int end = text.lastIndexOf(" killed", limit < 0 ? text.length() : limit);
    if (end < 8) {
      return false;
    }
    taskPath = Latin1.decode(text.substring(8, end));
    if (limit >= 0) {
      limitPath = Latin1.decode(text.substring(limit + LIMIT_OF.length()));
    }
    return true;
  }

  /**
   * Where the limit's path begins. Paths may hold the words themselves: the task's lies at or below
   * the limit's.
   */
  private static int limitAt(String text) {
    int at = text.indexOf(KILLED + LIMIT_OF);
    int first = at;
    for (int tries = 0; at >= 0 && tries < MOST_TRIES; tries++) {
      int limit = at + KILLED.length() + LIMIT_OF.length();
      if (text.regionMatches(8, text, limit, text.length() - limit)) {
        return at + KILLED.length();
      }
      at = text.indexOf(KILLED + LIMIT_OF, at + 1);
    }
    return first < 0 ? text.lastIndexOf(LIMIT_OF) : first + KILLED.length();
  }

  private static Memcg.@Nullable Usage usage(String text) {
    int at = text.indexOf("usage ");
    Long used = Figure.kilobytesAfter(text, "usage ");
    Long limit = Figure.kilobytesAfter(text, "limit ");
    if (used == null) {
      return null;
    }
    boolean unlimited = limit == null || limit >= NO_LIMIT_KB || limit == NO_LIMIT_KB_32BIT;
    return new Memcg.Usage(
        Digits.times(used, Digits.KB),
        unlimited ? null : Digits.times(limit, Digits.KB),
        Digits.between(text, "failcnt ", "", at));
  }

  /**
   * {@code Memory cgroup stats for /a:}; up to 5.2 with the group's own figures on the line, one
   * such line for each group below, which together are the group's.
   */
  private boolean statsHead(String text) {
    int path = "Memory cgroup stats for ".length();
    int inline = text.lastIndexOf(": cache:");
    int end = inline >= 0 ? inline : text.lastIndexOf(':');
    if (end < path) {
      return false;
    }
    if (statsPath == null) {
      statsPath = Latin1.decode(text.substring(path, end));
    }
    if (inline >= 0 && inlineGroups.add(text.substring(path, end))) {
      Figure.readAll(text, inline + 2)
          .forEach(
              (name, figure) -> {
                Long bytes = figure.bytes();
                if (bytes != null) {
                  stats.merge(FieldName.of(name), bytes, Long::sum);
                }
              });
    } else if (inline < 0 && end + 1 < text.length()) {
      values(text.substring(end + 1));
    }
    return true;
  }

  /** {@code anon 49983488}, one to a line; up to 6.4 all in one record; some shippers join them. */
  private boolean values(String text) {
    boolean any = false;
    int at = 0;
    while (at < text.length()) {
      int blank = text.indexOf(' ', at);
      int end = blank <= at ? -1 : Digits.end(text, blank + 1);
      Long value = end < 0 || !isWordEnd(text, end) ? null : Digits.at(text, blank + 1);
      if (value != null) {
        String name = FieldName.of(text.substring(at, blank));
        Long before = stats.putIfAbsent(name, value);
        if (before != null && !before.equals(value)) {
          doubtful.add(name);
        }
        any = true;
      }
      at = value != null ? Digits.end(text, blank + 1) + 1 : nextWord(text, at);
    }
    return any;
  }

  /** Where a word ends that another may follow, but no number. */
  private static boolean isWordEnd(String text, int at) {
    if (at == text.length() || text.charAt(at) == '\n') {
      return true;
    }
    return text.charAt(at) == ' ' && at + 1 < text.length() && !Digits.isDigit(text.charAt(at + 1));
  }

  private static int nextWord(String text, int from) {
    int i = from;
    while (i < text.length() && text.charAt(i) != ' ' && text.charAt(i) != '\n') {
      i++;
    }
    return i + 1;
  }
}

package io.oomstream.block.line;

import io.oomstream.block.text.Digits;
import io.oomstream.block.text.Latin1;
import io.oomstream.block.text.NodeList;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * {@code oom-kill:constraint=…,nodemask=…,cpuset=…,mems_allowed=…,global_oom,task_memcg=…,task=…,
 * pid=…,uid=…} ({@code mm/oom_kill.c: dump_oom_summary}). Paths and the name hold any bytes, so the
 * line is read from both ends; of one that was cut, what is there. Kernels without control groups
 * or cpusets leave theirs out.
 *
 * @param task the victim's name, in Latin-1
 * @param whole whether the line's end is there
 */
public record SummaryLine(
    @Nullable String constraint,
    @Nullable String nodemask,
    @Nullable String cpuset,
    @Nullable String memsAllowed,
    @Nullable String oomMemcg,
    boolean global,
    @Nullable String taskMemcg,
    @Nullable String task,
    @Nullable Long pid,
    @Nullable Long uid,
    boolean whole) {

  private static final String CONSTRAINT = "oom-kill:constraint=";
  private static final String NODEMASK = ",nodemask=";
  private static final String CPUSET = ",cpuset=";
  private static final String MEMS = ",mems_allowed=";
  private static final String OOM_MEMCG = ",oom_memcg=";
  private static final String GLOBAL = ",global_oom";
  private static final String TASK_MEMCG = ",task_memcg=";
  private static final String TASK = ",task=";

  /** {@code TASK_COMM_LEN} less the final zero byte. */
  private static final int LONGEST_COMM = 15;

  /** What a shipper may make of a byte: {@code \x0a}, {@code #012}. */
  private static final int LONGEST_ESCAPE = 4;

  /** No path has its own label in it so often, and no line may take more than linear time. */
  private static final int MOST_TRIES = 16;

  public static @Nullable SummaryLine parse(String text) {
    return parse(text, null);
  }

  /**
   * Reads the line.
   *
   * @param comm the name, in Latin-1, if the kill line has it: where a path and the name contain
   *     the line's own words, only that shows where the path ends
   */
  public static @Nullable SummaryLine parse(String text, @Nullable String comm) {
    if (!text.startsWith(CONSTRAINT)) {
      return null;
    }
    int uidAt = text.lastIndexOf(",uid=");
    int pidAt = uidAt < 0 ? -1 : text.lastIndexOf(",pid=", uidAt);
    int taskAt = pidAt < 0 ? -1 : taskAt(text, pidAt, comm);
    boolean whole = taskAt > 0 && isNumber(text, pidAt + 5, uidAt) && isNumber(text, uidAt + 5);
    int end = whole ? taskAt : text.length();

    int nodemask = find(text, NODEMASK, 0, end);
    int nodesEnd = nodemask < 0 ? -1 : listEnd(text, nodemask + NODEMASK.length(), end);
    int cpuset = nodesEnd >= 0 && text.startsWith(CPUSET, nodesEnd) ? nodesEnd : -1;
    int mems = cpuset < 0 ? -1 : memsAt(text, cpuset + CPUSET.length(), end);
    int memsEnd = mems < 0 ? -1 : listEnd(text, mems + MEMS.length(), end);
    int groups = cpuset < 0 ? nodesEnd : memsEnd;
    boolean memcg = groups >= 0 && text.startsWith(OOM_MEMCG, groups);
    boolean global = groups >= 0 && text.startsWith(GLOBAL, groups);
    int taskMemcg = groups < 0 ? -1 : taskMemcgAt(text, groups, end, memcg);
    return new SummaryLine(
        nodemask < 0 ? null : text.substring(CONSTRAINT.length(), nodemask),
        nodesEnd < 0
            ? null
            : NodeList.orNull(text.substring(nodemask + NODEMASK.length(), nodesEnd)),
        mems < 0 ? null : Latin1.decode(text.substring(cpuset + CPUSET.length(), mems)),
        memsEnd < 0 ? null : NodeList.orNull(text.substring(mems + MEMS.length(), memsEnd)),
        memcg && taskMemcg > 0
            ? Latin1.decode(text.substring(groups + OOM_MEMCG.length(), taskMemcg))
            : null,
        global,
        taskMemcg < 0 || !whole
            ? null
            : Latin1.decode(text.substring(taskMemcg + TASK_MEMCG.length(), end)),
        whole ? text.substring(taskAt + TASK.length(), pidAt) : null,
        whole ? Digits.at(text, pidAt + 5) : null,
        whole ? Digits.signed(text, uidAt + 5) : null,
        whole);
  }

  /**
   * Before the name: where the known one stands, else the first that leaves no more than a name.
   */
  private static int taskAt(String text, int pidAt, @Nullable String comm) {
    int known = comm == null ? -1 : pidAt - comm.length() - TASK.length();
    if (known > 0 && text.startsWith(TASK + comm, known)) {
      return known;
    }
    int from = Math.max(0, pidAt - LONGEST_ESCAPE * LONGEST_COMM - TASK.length());
    return first(
        text,
        TASK,
        from,
        pidAt,
        at -> bytesOf(text, at + TASK.length(), pidAt) <= LONGEST_COMM,
        false);
  }

  /** How many bytes the text stands for, should some have become escapes. */
  private static int bytesOf(String text, int from, int to) {
    int bytes = 0;
    for (int i = from; i < to; bytes++) {
      boolean escape = (text.charAt(i) == '\\' || text.charAt(i) == '#') && i + 4 <= to;
      i += escape ? LONGEST_ESCAPE : 1;
    }
    return bytes;
  }

  /** Before the allowed nodes, behind which only a group or the task can stand. */
  private static int memsAt(String text, int from, int end) {
    return first(text, MEMS, from, end, at -> isBeforeGroups(text, at, end), true);
  }

  private static boolean isBeforeGroups(String text, int mems, int end) {
    int at = listEnd(text, mems + MEMS.length(), end);
    return at >= 0
        && (at == end
            || text.startsWith(OOM_MEMCG, at)
            || text.startsWith(GLOBAL, at)
            || text.startsWith(TASK_MEMCG, at));
  }

  /**
   * Before the task's group, which lies at or below the group whose limit was hit. The longest of
   * those: every group lies below the root, which has no limit.
   */
  private static int taskMemcgAt(String text, int from, int end, boolean memcg) {
    int path = from + OOM_MEMCG.length();
    int found = find(text, TASK_MEMCG, from, end);
    int at = found;
    for (int tries = 0; memcg && at >= 0 && tries < MOST_TRIES; tries++) {
      if (text.regionMatches(path, text, at + TASK_MEMCG.length(), at - path)) {
        found = at;
      }
      at = find(text, TASK_MEMCG, at + 1, end);
    }
    return found;
  }

  /** The first place of the label that passes; the first of all, if allowed, where none does. */
  private static int first(
      String text, String label, int from, int end, IntPredicate passes, boolean orAny) {
    int any = find(text, label, from, end);
    int at = any;
    for (int tries = 0; at >= 0 && tries < MOST_TRIES; tries++) {
      if (passes.test(at)) {
        return at;
      }
      at = find(text, label, at + 1, end);
    }
    return orAny ? any : -1;
  }

  private static boolean isNumber(String text, int from, int to) {
    return Digits.signed(text, from) != null && Digits.end(text, from) == to;
  }

  private static boolean isNumber(String text, int from) {
    return isNumber(text, from, text.length());
  }

  /** Behind a node list, which holds commas itself; -1 if the line was cut before. */
  private static int listEnd(String text, int from, int end) {
    int i = from;
    while (i < end) {
      char c = text.charAt(i);
      boolean inList = Digits.isDigit(c) || c == '-' || "(null)".indexOf(c) >= 0;
      boolean comma = c == ',' && i + 1 < end && Digits.isDigit(text.charAt(i + 1));
      if (!inList && !comma) {
        return i;
      }
      i++;
    }
    return end < text.length() ? end : -1;
  }

  private static int find(String text, String label, int from, int end) {
    int at = text.indexOf(label, from);
    return at >= 0 && at + label.length() <= end ? at : -1;
  }
}

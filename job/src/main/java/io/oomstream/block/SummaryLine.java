package io.oomstream.block;

import org.jspecify.annotations.Nullable;

/**
 * {@code oom-kill:constraint=…,nodemask=…,cpuset=…,mems_allowed=…,global_oom,task_memcg=…,task=…,
 * pid=…,uid=…} ({@code mm/oom_kill.c: dump_oom_summary}). Paths and the name hold any bytes, so the
 * line is read from both ends; of one that was cut, what is there.
 *
 * @param whole whether the line's end is there
 */
record SummaryLine(
    @Nullable String constraint,
    @Nullable String nodemask,
    @Nullable String cpuset,
    @Nullable String memsAllowed,
    @Nullable String oomMemcg,
    boolean global,
    @Nullable String taskMemcg,
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

  /**
   * {@code TASK_COMM_LEN} less the final zero byte, should a shipper have turned every byte into an
   * escape of four.
   */
  private static final int LONGEST_COMM = 4 * 15;

  static @Nullable SummaryLine parse(String text) {
    if (!text.startsWith(CONSTRAINT)) {
      return null;
    }
    int uidAt = text.lastIndexOf(",uid=");
    int pidAt = uidAt < 0 ? -1 : text.lastIndexOf(",pid=", uidAt);
    int taskAt = pidAt < 0 ? -1 : taskAt(text, pidAt);
    boolean whole = taskAt > 0 && Digits.at(text, uidAt + 5) != null;
    int end = whole ? taskAt : text.length();

    int nodemask = find(text, NODEMASK, 0, end);
    int cpuset = find(text, CPUSET, nodemask, end);
    int mems = find(text, MEMS, cpuset, end);
    int memsEnd = mems < 0 ? -1 : memsEnd(text, mems + MEMS.length(), end);
    boolean memcg = memsEnd >= 0 && text.startsWith(OOM_MEMCG, memsEnd);
    boolean global = memsEnd >= 0 && text.startsWith(GLOBAL, memsEnd);
    int taskMemcg = memsEnd < 0 ? -1 : find(text, TASK_MEMCG, memsEnd, end);
    return new SummaryLine(
        nodemask < 0 ? null : text.substring(CONSTRAINT.length(), nodemask),
        cpuset < 0 ? null : NodeList.orNull(text.substring(nodemask + NODEMASK.length(), cpuset)),
        mems < 0 ? null : Latin1.decode(text.substring(cpuset + CPUSET.length(), mems)),
        memsEnd < 0 ? null : NodeList.orNull(text.substring(mems + MEMS.length(), memsEnd)),
        memcg && taskMemcg > 0
            ? Latin1.decode(text.substring(memsEnd + OOM_MEMCG.length(), taskMemcg))
            : null,
        global,
        taskMemcg < 0 || !whole
            ? null
            : Latin1.decode(text.substring(taskMemcg + TASK_MEMCG.length(), end)),
        whole ? Digits.at(text, pidAt + 5) : null,
        whole ? Digits.at(text, uidAt + 5) : null,
        whole);
  }

  /** The first {@code ,task=} that leaves no more than a name before the pid. */
  private static int taskAt(String text, int pidAt) {
    int earliest = Math.max(0, pidAt - LONGEST_COMM - TASK.length());
    int at = text.indexOf(TASK, earliest);
    return at >= 0 && at + TASK.length() <= pidAt ? at : -1;
  }

  /** Behind the node list, which holds commas itself; -1 if the line was cut before. */
  private static int memsEnd(String text, int from, int end) {
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
    int at = from < 0 ? -1 : text.indexOf(label, from);
    return at >= 0 && at + label.length() <= end ? at : -1;
  }
}

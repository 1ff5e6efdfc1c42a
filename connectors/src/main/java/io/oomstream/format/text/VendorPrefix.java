package io.oomstream.format.text;

import static io.oomstream.bytes.Ascii.is;

import io.oomstream.bytes.Ascii;

/**
 * Additions of phone makers' kernels between the time and the text of every line: the processor and
 * the task that wrote it.
 */
final class VendorPrefix {

  private static final byte[] PID = Ascii.literal("[pid:");
  private static final byte[] INVOKED = Ascii.literal(" invoked oom-killer");
  private static final byte[] FAILED = Ascii.literal(": page allocation");

  /** {@code include/linux/sched.h: TASK_COMM_LEN} less the zero at its end. */
  private static final int LONGEST_NAME = 15;

  /** A name of fifteen bytes, padded, with its numbers. */
  private static final int LONGEST = 48;

  private VendorPrefix() {}

  /**
   * After a maker's addition to the time within its bracket: {@code [ 47.838467,0]} of Motorola,
   * {@code [ 47.838467s]} of Huawei, {@code [ 46.193359 / 01-03 02:39:46.099]} of LG. The start if
   * nothing is added.
   */
  static int afterTime(byte[] text, int start, int end) {
    if (is(text, start, end, ',')) {
      int cpu = Ascii.skipDigits(text, start + 1, end);
      return cpu > start + 1 ? cpu : start;
    }
    if (is(text, start, end, 's')) {
      return start + 1;
    }
    if (!is(text, start, end, ' ') || !is(text, start + 1, end, '/')) {
      return start;
    }
    int close = Ascii.indexOf(text, start, Math.min(end, start + LONGEST), ']');
    return close < 0 ? start : close;
  }

  /** After the processor and the task; the start if there are none. */
  static int afterTask(byte[] text, int start, int end) {
    if (start >= end || " [(-.".indexOf(text[start]) < 0) {
      return start;
    }
    int unisoc = unisoc(text, start, end);
    if (unisoc >= 0) {
      return unisoc;
    }
    int samsung = samsung(text, start, end);
    int mediaTek = samsung >= 0 ? samsung : mediaTek(text, start, end);
    int after = mediaTek >= 0 ? mediaTek : huawei(text, start, end);
    return after > start && isOfName(text, start, after, end) ? start : after;
  }

  /** Whether it can be part of a name: {@code (4)[1:a]b invoked oom-killer}. */
  private static boolean isOfName(byte[] text, int start, int after, int end) {
    for (int i = after - 1; i <= start + LONGEST_NAME; i++) {
      if (Ascii.startsWith(text, i, end, INVOKED) || Ascii.startsWith(text, i, end, FAILED)) {
        return true;
      }
    }
    return false;
  }

  /** {@code [03-19 10:05:52.172] text}: the clock, behind the kernel's time. */
  private static int unisoc(byte[] text, int start, int end) {
    int close = start + 19;
    boolean clock =
        is(text, start, end, '[')
            && is(text, start + 3, end, '-')
            && is(text, start + 6, end, ' ')
            && is(text, start + 9, end, ':')
            && is(text, start + 12, end, ':')
            && is(text, start + 15, end, '.')
            && is(text, close, end, ']');
    return clock && Ascii.digits(text, start + 1, end, 2) >= 0
        ? KernelTime.afterBlank(text, close + 1, end)
        : -1;
  }

  /** {@code [3: Binder:9343_3:22875] text}, behind a blank more or less. */
  private static int samsung(byte[] text, int start, int end) {
    int open = Ascii.skipBlanks(text, start, end);
    int cpu = Ascii.skipDigits(text, open + 1, end);
    if (open - start > 1
        || !is(text, open, end, '[')
        || cpu == open + 1
        || !is(text, cpu, end, ':')) {
      return -1;
    }
    int close = afterPid(text, cpu + 1, end);
    return is(text, close, end, ' ') ? close + 1 : -1;
  }

  /** {@code (4)[10628:kswapd0]text}, with a sign before it that says whether interrupts are off. */
  private static int mediaTek(byte[] text, int start, int end) {
    int open =
        is(text, start, end, '-') || is(text, start, end, '.') || is(text, start, end, ' ')
            ? start + 1
            : start;
    int cpu = Ascii.skipDigits(text, open + 1, end);
    if (!is(text, open, end, '(')
        || cpu == open + 1
        || !is(text, cpu, end, ')')
        || !is(text, cpu + 1, end, '[')) {
      return -1;
    }
    int pid = Ascii.skipDigits(text, cpu + 2, end);
    int close =
        pid == cpu + 2 || !is(text, pid, end, ':')
            ? -1
            : Ascii.indexOf(text, pid, Math.min(end, pid + LONGEST), ']');
    return close < 0 ? -1 : close + 1;
  }

  /** {@code [pid:123,cpu3,kswapd0]text}; where it began if it is not there. */
  private static int huawei(byte[] text, int start, int end) {
    if (!Ascii.startsWith(text, start, end, PID)) {
      return start;
    }
    int close = Ascii.indexOf(text, start, Math.min(end, start + LONGEST), ']');
    return close < 0 ? start : close + 1;
  }

  /** Behind {@code :22875]}, the first such; a name may hold a bracket. -1 if there is none. */
  private static int afterPid(byte[] text, int start, int end) {
    int last = Math.min(end, start + LONGEST);
    for (int i = start; i < last; i++) {
      if (text[i] == ':') {
        int from = Ascii.skipBlanks(text, i + 1, end);
        int pid = Ascii.skipDigits(text, from, end);
        if (pid > from && is(text, pid, end, ']')) {
          return pid + 1;
        }
      }
    }
    return -1;
  }
}

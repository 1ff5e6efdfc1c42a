package io.oomstream.block.request;

import io.oomstream.block.text.Digits;
import io.oomstream.block.text.Latin1;
import io.oomstream.kernel.LineRule;
import org.jspecify.annotations.Nullable;

/**
 * {@code CPU: 5 UID: 0 PID: 111 Comm: kswapd0 Not tainted 6.12.0 #1} and {@code Hardware name: …}
 * ({@code lib/dump_stack.c: dump_stack_print_info}).
 */
public final class StackHeader {

  private static final String CLEAN = " Not tainted";
  private static final String TAINTED = " Tainted: ";
  private static final String KDUMP = " Kdump: loaded";

  /**
   * The name is cut at 20 bytes, which a shipper may have turned into escapes of four; the crash
   * kernel's mark may follow.
   */
  private static final int NAME_AND_MARK = 4 * 20 + KDUMP.length();

  private @Nullable Integer cpu;
  private @Nullable Long uid;
  private @Nullable Long pid;
  private @Nullable String comm;
  private @Nullable String release;
  private @Nullable String tainted;
  private @Nullable String hardware;

  public boolean take(LineRule rule, String text) {
    return switch (rule) {
      case CPU_HEADER -> cpuLine(text);
      case CPU_HEADER_OLD -> oldCpuLine(text);
      case PROCESS_S390 -> processLine(text);
      case PID_HEADER -> pidLine(text);
      case TAINTED -> taintedLine(text);
      case HARDWARE -> hardware(text);
      default -> true;
    };
  }

  @Nullable
  public Integer cpu() {
    return cpu;
  }

  /** The effective user of the task that asked, since 6.12; not the victim's. */
  @Nullable
  public Long uid() {
    return uid;
  }

  @Nullable
  public Long pid() {
    return pid;
  }

  /** In Latin-1; null if the line was cut within the name. */
  @Nullable
  public String comm() {
    return comm;
  }

  @Nullable
  public String release() {
    return release;
  }

  @Nullable
  public String tainted() {
    return tainted;
  }

  @Nullable
  public String hardware() {
    return hardware;
  }

  private boolean cpuLine(String text) {
    int name = text.indexOf(" Comm: ");
    int pidAt = text.indexOf(" PID: ");
    if (pid != null || name < 0 || pidAt < 0 || pidAt > name) {
      return pid != null;
    }
    cpu = Digits.toInt(Digits.between(text, "CPU: ", " ", 0));
    pid = Digits.before(text, pidAt + 6, " Comm: ");
    int uidAt = text.indexOf(" UID: ");
    uid = uidAt < 0 || uidAt > pidAt ? null : Digits.signedBefore(text, uidAt + 6, " ");
    nameAndRelease(text, name + 7);
    return pid != null;
  }

  /** {@code CPU: 1 Not tainted 3.0.101-63-default #1}: its process is named by the next line. */
  private boolean oldCpuLine(String text) {
    if (cpu == null) {
      cpu = Digits.toInt(Digits.between(text, "CPU: ", " ", 0));
      int clean = text.indexOf(CLEAN);
      int taint = text.indexOf(TAINTED);
      if (Math.max(clean, taint) >= 0) {
        taintAndRelease(text, clean, taint);
      }
    }
    return cpu != null;
  }

  /** {@code Process httpd (pid: 4242, task: 000000001f0e8000, ksp: 000000001f0eb1c0)}. */
  private boolean processLine(String text) {
    int name = "Process ".length();
    int end = text.lastIndexOf(" (pid: ");
    if (pid == null && end >= name) {
      pid = Digits.between(text, " (pid: ", ",", end);
      comm = text.substring(name, end);
    }
    return pid != null;
  }

  private boolean hardware(String text) {
    int at = text.indexOf(": ");
    if (at >= 0 && hardware == null) {
      hardware = Latin1.decode(text.substring(at + 2)).trim();
    }
    return at >= 0;
  }

  private boolean pidLine(String text) {
    int name = text.indexOf(", comm: ");
    if (pid != null || name < 0) {
      return pid != null;
    }
    pid = Digits.between(text, "Pid: ", ", comm: ", 0);
    nameAndRelease(text, name + 8);
    return pid != null;
  }

  private void nameAndRelease(String text, int start) {
    int clean = text.lastIndexOf(CLEAN, start + NAME_AND_MARK);
    int taint = text.lastIndexOf(TAINTED, start + NAME_AND_MARK);
    int end = Math.max(clean, taint);
    if (end < start) {
      return;
    }
    String name = text.substring(start, end);
    comm = name.endsWith(KDUMP) ? name.substring(0, name.length() - KDUMP.length()) : name;
    taintAndRelease(text, clean, taint);
  }

  private void taintAndRelease(String text, int clean, int taint) {
    int end = Math.max(clean, taint);
    StringBuilder letters = new StringBuilder();
    String rest = text.substring(end + (clean > taint ? CLEAN.length() : TAINTED.length()));
    for (String part : rest.split(" ")) {
      String word = part.startsWith("(") ? part.substring(1) : part;
      if (!word.isEmpty() && Digits.isDigit(word.charAt(0))) {
        // The build's number follows; where it does not, the release may be cut.
        release = rest.endsWith(part) ? null : word;
        break;
      }
      word.chars().filter(c -> c >= 'A' && c <= 'Z').forEach(c -> letters.append((char) c));
    }
    if (taint > clean && tainted == null) {
      tainted = letters.isEmpty() ? null : letters.toString();
    }
  }

  /** {@code Tainted: [W]=WARN, [O]=OOT_MODULE}, 6.11+. */
  private boolean taintedLine(String text) {
    if (tainted == null) {
      StringBuilder letters = new StringBuilder();
      for (int i = text.indexOf('[');
          i >= 0 && i + 2 < text.length();
          i = text.indexOf('[', i + 1)) {
        if (text.charAt(i + 2) == ']') {
          letters.append(text.charAt(i + 1));
        }
      }
      tainted = letters.isEmpty() ? null : letters.toString();
    }
    return true;
  }
}

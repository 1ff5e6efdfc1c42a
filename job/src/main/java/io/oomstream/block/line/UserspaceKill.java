package io.oomstream.block.line;

import io.oomstream.block.cgroup.PathText;
import io.oomstream.block.text.Digits;
import io.oomstream.block.text.Latin1;
import io.oomstream.event.AnomalySignal;
import io.oomstream.kernel.LineRule;
import org.jspecify.annotations.Nullable;

/**
 * A kill that no kernel decided: systemd-oomd, oomd, Talos' controller, earlyoom, nohang, lmkd and
 * Android's old driver. The process dies of an ordinary signal, so no kill line of the kernel
 * follows.
 *
 * @param killer the program
 * @param subject the control group, unit or process that was killed
 * @param pid for killers that choose a process
 * @param reason the killer's own words
 */
public record UserspaceKill(String killer, String subject, @Nullable Long pid, String reason) {

  private static final String SENDING = "sending ";
  private static final String KILLING_PROCESS = "illing process ";
  private static final String SEND_SIGKILL = "send sigkill to ";
  private static final String WITH_SIGNAL = " with signal ";

  private static final String PRESSURE = " due to memory pressure for ";
  private static final String DUE = " due to ";
  private static final String MARKED = " for killing due to ";
  private static final String IN_CGROUP = " process(es) in cgroup ";
  private static final String COUNT = "oomd killed ";
  private static final String UNIT = ": systemd-oomd killed ";
  private static final String CGROUP = "\"cgroup\": \"";
  private static final String CGROUP_ROOT = "/sys/fs/cgroup";

  /** Null for lines of other rules and for what was cut. */
  public static @Nullable UserspaceKill parse(LineRule rule, String latin1) {
    String whole = Latin1.decode(latin1);
    int newline = whole.indexOf('\n');
    boolean counted = newline > 0 && (rule == LineRule.OOMD_PRESSURE || rule == LineRule.OOMD_SWAP);
    String text = counted ? whole.substring(0, newline) : whole;
    return switch (rule) {
      case OOMD_PRESSURE ->
          counted(group(text, "Killed ", text.lastIndexOf(PRESSURE), DUE), latin1);
      case OOMD_SWAP -> counted(group(text, "Killed ", text.lastIndexOf(DUE), DUE), latin1);
      case OOMD_MARKED -> group(text, "Marked ", text.lastIndexOf(MARKED), MARKED);
      case OOMD_COUNT -> count(text);
      case TALOS_OOM -> talos(text);
      case EARLYOOM -> earlyoom(text);
      case FB_OOMD -> oomd(text);
      case EARLYOOM_OLD -> oldEarlyoom(text);
      case NOHANG -> nohang(text);
      case LMKD -> quoted(text, "lmkd", text.contains("Kill '") ? "Kill '" : "Killing '");
      case LOWMEMORYKILLER -> quoted(text, "lowmemorykiller", "Killing '");
      case LOWMEMORYKILLER_OLD -> lowmemoryShrink(text);
      default -> null;
    };
  }

  /** What it watches and found short. */
  public AnomalySignal.UserspaceKillReason killReason() {
    if (reason.contains("memory pressure") || reason.contains("killer:kill_by_pressure")) {
      return AnomalySignal.UserspaceKillReason.MEMORY_PRESSURE;
    }
    if (reason.contains("swap used") || reason.contains("killer:kill_by_swap_usage")) {
      return AnomalySignal.UserspaceKillReason.SWAP_USED;
    }
    return switch (killer) {
      case "earlyoom", "nohang", "lmkd", "lowmemorykiller" ->
          AnomalySignal.UserspaceKillReason.LOW_MEMORY;
      default -> AnomalySignal.UserspaceKillReason.UNKNOWN;
    };
  }

  /**
   * The signal that the line names, or that the program always sends; null where neither tells.
   *
   * @param latin1 the line
   */
  public @Nullable String signal(String latin1) {
    if (!killer.equals("earlyoom") && !killer.equals("nohang")) {
      return "SIGKILL";
    }
    int at = latin1.indexOf(killer.equals("earlyoom") ? SENDING + "SIG" : " SIG");
    if (at >= 0) {
      int from = latin1.indexOf("SIG", at);
      int end = latin1.indexOf(' ', from);
      return end < 0 ? null : latin1.substring(from, end);
    }
    Long number = Digits.after(latin1, WITH_SIGNAL, latin1.lastIndexOf(WITH_SIGNAL));
    return number == null ? null : number == 9 ? "SIGKILL" : number == 15 ? "SIGTERM" : null;
  }

  /** How many processes systemd counts; null where the line does not say. */
  public static @Nullable Long processes(String latin1) {
    int at = latin1.lastIndexOf(COUNT);
    return at < 0 ? null : Digits.before(latin1, at + COUNT.length(), " process(es)");
  }

  /** With how many processes there were, which systemd says in a line of its own. */
  private static @Nullable UserspaceKill counted(@Nullable UserspaceKill kill, String latin1) {
    Long processes = processes(latin1);
    return kill == null || processes == null
        ? kill
        : new UserspaceKill(
            kill.killer, kill.subject, kill.pid, kill.reason + ", " + processes + " process(es)");
  }

  private static @Nullable UserspaceKill group(String text, String verb, int due, String words) {
    int start = text.indexOf(verb) + verb.length();
    return due <= start
        ? null
        : new UserspaceKill(
            "systemd-oomd", text.substring(start, due), null, text.substring(due + words.length()));
  }

  /** {@code a.service: systemd-oomd killed 3 process(es) in this unit.} */
  private static @Nullable UserspaceKill count(String text) {
    int unit = text.indexOf(UNIT);
    int cgroup = text.lastIndexOf(IN_CGROUP);
    String reason = text.substring(text.indexOf("oomd killed ") + 5);
    if (unit > 0) {
      int start = text.lastIndexOf(' ', unit - 1) + 1;
      return new UserspaceKill("systemd-oomd", text.substring(start, unit), null, reason);
    }
    return cgroup < 0
        ? null
        : new UserspaceKill(
            "systemd-oomd", text.substring(cgroup + IN_CGROUP.length()), null, reason);
  }

  /** {@code Sending SIGKILL to cgroup {…, "cgroup": "/sys/fs/cgroup/kubepods/…"}}. */
  private static @Nullable UserspaceKill talos(String text) {
    int start = text.indexOf(CGROUP) + CGROUP.length();
    int end = text.indexOf('"', start);
    if (end <= start) {
      return null;
    }
    String path = text.substring(start, end);
    String inTree = PathText.after(path, CGROUP_ROOT);
    return new UserspaceKill(
        "talos", inTree == null ? path : inTree, null, "Sending SIGKILL to cgroup");
  }

  /** {@code sending SIGTERM to process 12 uid 0 "name": badness 700, VmRSS 12 MiB}. */
  private static @Nullable UserspaceKill earlyoom(String text) {
    int open = text.indexOf('"');
    int close = Math.max(text.lastIndexOf("\": badness "), text.lastIndexOf("\": oom_score "));
    int cmdline = text.indexOf(", cmdline \"", open + 1);
    if (cmdline >= 0 && close > cmdline) {
      close = text.lastIndexOf("\": ", cmdline);
    }
    return open < 0 || close <= open
        ? null
        : new UserspaceKill(
            "earlyoom",
            text.substring(open + 1, close),
            Digits.after(text, " to process ", 0),
            text.substring(close + 3));
  }

  /**
   * {@code killing process 12 "name" with signal 15: badness 700, VmRSS 12 MiB}, or {@code Killing
   * process 'name' with signal 15, pid: 12, badness: 700, VmRSS: 12 MiB}.
   */
  private static @Nullable UserspaceKill oldEarlyoom(String text) {
    int signal = text.lastIndexOf(WITH_SIGNAL);
    int words = text.indexOf(KILLING_PROCESS) + KILLING_PROCESS.length();
    int open = Digits.end(text, words);
    Long pid = open > words ? Digits.at(text, words) : Digits.after(text, ", pid: ", signal);
    int name = (open > words ? open + 1 : open) + 1;
    return signal - 1 <= name
        ? null
        : new UserspaceKill(
            "earlyoom", text.substring(name, signal - 1), pid, text.substring(signal + 1));
  }

  /**
   * {@code Sending SIGTERM to the victim}, joined to the line before that says who that is: {@code
   * PID: 12, name: a, badness: 700}.
   */
  private static @Nullable UserspaceKill nohang(String text) {
    int end = text.indexOf('\n');
    int badness = end < 0 ? -1 : text.lastIndexOf(", badness: ", end);
    int name = text.indexOf("ame: ") + 5;
    return badness < name || name < 5
        ? null
        : new UserspaceKill(
            "nohang",
            text.substring(name, badness),
            Digits.between(text, "PID: ", ", ", 0),
            text.substring(badness + 2, end));
  }

  /** {@code send sigkill to 12 (a), adj 15, size 4321}. */
  private static @Nullable UserspaceKill lowmemoryShrink(String text) {
    int at = text.indexOf(SEND_SIGKILL);
    int number = at + SEND_SIGKILL.length();
    Long pid = at < 0 ? null : Digits.before(text, number, " (");
    int name = Digits.end(text, number) + 2;
    int close = text.lastIndexOf("), adj ");
    return pid == null || close < name
        ? null
        : new UserspaceKill(
            "lowmemorykiller", text.substring(name, close), pid, text.substring(close + 3));
  }

  /** {@code oomd kill: 64.99 47.19 18.13 system.slice/foo.service 1234 ruleset:[…] …}. */
  private static @Nullable UserspaceKill oomd(String text) {
    int from = text.indexOf("oomd kill: ") + 11;
    int ruleset = text.indexOf(" ruleset:[", from);
    int path = from;
    for (int pressure = 0; pressure < 3 && path > 0; pressure++) {
      path = text.indexOf(' ', path) + 1;
    }
    int end = ruleset < 0 ? -1 : text.lastIndexOf(' ', ruleset - 1);
    return path <= 0 || end <= path
        ? null
        : new UserspaceKill("oomd", text.substring(path, end), null, text.substring(from));
  }

  /** {@code Kill 'com.example' (12), uid 10001, oom_score_adj 900 to free 12kB rss, …}. */
  private static @Nullable UserspaceKill quoted(String text, String killer, String verb) {
    int open = text.indexOf(verb);
    int close = text.lastIndexOf("' (");
    return open < 0 || close < open + verb.length()
        ? null
        : new UserspaceKill(
            killer,
            text.substring(open + verb.length(), close),
            Digits.at(text, close + 3),
            text.substring(open));
  }
}

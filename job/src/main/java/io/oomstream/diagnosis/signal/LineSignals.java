package io.oomstream.diagnosis.signal;

import io.oomstream.assemble.segment.ClassifiedLine;
import io.oomstream.assemble.segment.LineOrigin;
import io.oomstream.block.KernelBlock;
import io.oomstream.block.line.KillLineShape;
import io.oomstream.block.line.LossLine;
import io.oomstream.block.line.UserspaceKill;
import io.oomstream.diagnosis.context.Facts;
import io.oomstream.diagnosis.context.Language;
import io.oomstream.diagnosis.context.Messages;
import io.oomstream.event.AnomalySignal;
import io.oomstream.event.Severity;
import io.oomstream.event.SignalKind;
import io.oomstream.event.section.Evidence;
import io.oomstream.event.section.Unit;
import io.oomstream.kernel.LineRule;
import io.oomstream.kernel.Role;
import io.oomstream.kernel.Section;
import java.util.List;
import java.util.Set;

/** Signals of lines that stand alone. */
public final class LineSignals {

  private static final String PIDS_CONTROLLER = "pids controller in ";

  /** Rate limited functions whose silence hides a kill or a failed allocation. */
  private static final Set<String> REPORTERS =
      Set.of(
          "oom_kill_process",
          "out_of_memory",
          "dump_header",
          "mem_cgroup_out_of_memory",
          "warn_alloc",
          "warn_alloc_failed",
          "nopage",
          "slab_out_of_memory",
          "__ratelimit",
          "___ratelimit");

  private LineSignals() {}

  public static void write(KernelBlock block, SignalWriter out) {
    for (ClassifiedLine line : block.lines()) {
      if (isForged(line)) {
        spoofed(line, out);
      } else {
        one(line, out);
      }
    }
  }

  /** Records missing inside a block, by their sequence numbers. */
  public static void writeLoss(KernelBlock block, SignalWriter out) {
    Long lost = block.info().lostLines();
    if (lost != null && lost > 0) {
      out.add(
          SignalKind.LOG_LOSS,
          Severity.WARNING,
          "sequence gap",
          new SignalWriter.Measure(lost, 0, Unit.COUNT),
          List.of(Facts.count(out.say("fact.records-missing"), lost, 0, null)),
          out.say("signal.gap", "count", lost));
    }
  }

  private static boolean isForged(ClassifiedLine line) {
    return LineOrigin.isForged(line.line(), line.rule())
        || (line.rule() == LineRule.KILLED && KillLineShape.isImpossible(line.text()));
  }

  /** Only lines that tell a story of their own: a stray register line deceives nobody. */
  private static void spoofed(ClassifiedLine line, SignalWriter out) {
    Role role = line.rule().role();
    boolean tells =
        role == Role.OPENS
            || role == Role.CLOSES
            || role == Role.AFTER
            || line.rule().section() == Section.SUMMARY
            || line.rule().section() == Section.LIMIT;
    if (!tells) {
      return;
    }
    String text = KernelBlock.textOf(line);
    Integer facility = line.line().facility();
    boolean userSpace = facility != null && facility != 0;
    out.add(
        SignalKind.SPOOFED_KERNEL_LINE,
        Severity.WARNING,
        line.rule().name(),
        facility != null && userSpace
            ? new SignalWriter.Measure(facility, 0, Unit.SYSLOG_FACILITY)
            : null,
        List.of(
            facility != null && userSpace
                ? Evidence.number("syslog facility", facility, Unit.SYSLOG_FACILITY, null, text)
                : Facts.text("total-vm", "not a number of pages", text)),
        out.say(userSpace ? "signal.spoofed" : "signal.made-up", "line", text));
  }

  private static void one(ClassifiedLine line, SignalWriter out) {
    switch (line.rule()) {
      case PIDS_LIMIT -> pids(KernelBlock.textOf(line), out);
      case VMAP_FAILURE, VMALLOC_CAUSE, VMALLOC_RANGE -> vmap(KernelBlock.textOf(line), out);
      case CALLBACKS_SUPPRESSED -> suppressed(line, out);
      case MESSAGES_DROPPED, RECORDS_DROPPED, RECORDS_LOST -> lost(line, "printk", out);
      case JOURNAL_MISSED, JOURNAL_SUPPRESSED -> lost(line, "journald", out);
      case IMJOURNAL_LOST -> lost(line, "rsyslog", out);
      case CHARGE_FAILED -> chargeFailed(KernelBlock.textOf(line), out);
      case UNABLE_TO_REAP -> unableToReap(KernelBlock.textOf(line), out);
      default -> userspaceKill(line, out);
    }
  }

  /** A kill without a line of the kernel, which no kill event stands for. */
  private static void userspaceKill(ClassifiedLine line, SignalWriter out) {
    UserspaceKill kill = UserspaceKill.parse(line.rule(), line.text());
    if (kill == null) {
      refused(line, out);
      return;
    }
    Long pid = kill.pid();
    out.add(
        SignalKind.USERSPACE_OOM_KILL,
        Severity.WARNING,
        kill.subject(),
        null,
        List.of(Facts.text(kill.killer(), kill.reason(), KernelBlock.textOf(line))),
        out.say(
            "signal.userspace-kill",
            "killer",
            kill.killer(),
            "who",
            kill.subject() + (pid == null ? "" : " (pid " + pid + ")"),
            "reason",
            kill.reason()),
        s ->
            s.of(
                new AnomalySignal.UserspaceKill(
                    kill.killer(),
                    kill.killReason(),
                    kill.signal(line.text()),
                    pid,
                    UserspaceKill.processes(line.text()))));
  }

  /** Of the other limits the kernel's own words say all there is. */
  private static void refused(ClassifiedLine line, SignalWriter out) {
    String key = RefusedBy.of(line.rule());
    if (key == null) {
      return;
    }
    String by = out.say(key);
    String text = KernelBlock.textOf(line);
    out.add(
        SignalKind.MEMORY_REFUSED,
        Severity.WARNING,
        Messages.in(Language.EN).text(key), // part of the id, which no language may change
        null,
        List.of(Facts.text(out.say("fact.refused-by"), by, text)),
        out.say("signal.refused", "by", by, "line", text));
  }

  private static void chargeFailed(String text, SignalWriter out) {
    out.add(
        SignalKind.NO_KILLABLE_PROCESS,
        Severity.WARNING,
        null,
        null,
        List.of(Facts.text(out.say("fact.kernels-words"), text, text)),
        out.say("signal.charge-failed"));
  }

  private static void pids(String text, SignalWriter out) {
    int at = text.indexOf(PIDS_CONTROLLER);
    String cgroup = at < 0 ? text : text.substring(at + PIDS_CONTROLLER.length()).strip();
    out.add(
        SignalKind.PIDS_LIMIT,
        Severity.WARNING,
        cgroup,
        null,
        List.of(Facts.text(out.say("fact.control-group"), cgroup, text)),
        out.say("signal.pids", "group", cgroup));
  }

  private static void vmap(String text, SignalWriter out) {
    out.add(
        SignalKind.VMALLOC_FAILURE,
        Severity.WARNING,
        "vmalloc address space",
        null,
        List.of(Facts.text(out.say("fact.failure"), text, text)),
        out.say("signal.vmap", "line", text));
  }

  private static void suppressed(ClassifiedLine line, SignalWriter out) {
    String text = KernelBlock.textOf(line);
    int colon = text.indexOf(':');
    String function = colon < 0 ? text : text.substring(0, colon).strip();
    long count = LossLine.countOf(text);
    boolean ours = REPORTERS.contains(function);
    out.add(
        SignalKind.LOG_LOSS,
        ours ? Severity.WARNING : Severity.INFO,
        function,
        new SignalWriter.Measure(count, 0, Unit.COUNT),
        List.of(Facts.count(out.say("fact.kept-back"), count, 0, text)),
        out.say(
            ours ? "signal.suppressed.ours" : "signal.suppressed",
            "count",
            count,
            "function",
            function));
  }

  private static void lost(ClassifiedLine line, String who, SignalWriter out) {
    String text = KernelBlock.textOf(line);
    long count = LossLine.countOf(text);
    out.add(
        SignalKind.LOG_LOSS,
        Severity.WARNING,
        who,
        new SignalWriter.Measure(count, 0, Unit.COUNT),
        List.of(Facts.count(out.say("fact.messages-lost"), count, 0, text)),
        out.say("signal.lost", "count", count, "who", who));
  }

  private static void unableToReap(String text, SignalWriter out) {
    out.add(
        SignalKind.OOM_REAPER_STALLED,
        Severity.CRITICAL,
        null,
        null,
        List.of(Facts.text("oom_reaper", "unable to reap", text)),
        out.say("signal.reaper", "who", out.say("who.a-killed-process")));
  }
}

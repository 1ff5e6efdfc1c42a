package io.oomstream.assemble.segment;

import io.oomstream.block.line.KillLineShape;
import io.oomstream.block.line.LossLine;
import io.oomstream.event.MemoryBlock;
import io.oomstream.event.section.BlockInfo.ClosedBy;
import io.oomstream.kernel.LineRule;
import io.oomstream.kernel.Section;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Cuts one host's lines into reports: a pure function of the lines.
 *
 * <p>The kernel never mixes two OOM reports of a host (its {@code oom_lock}), but failed
 * allocations report at any time, between the lines of an OOM report too. A line goes to the
 * youngest open report that can still hold it: same printk caller where one is known, and a section
 * that this report has not passed. A kill without a header, which rate limiting leaves, is a report
 * by itself.
 *
 * <p>Example, five lines in the order in which the kernel wrote them:
 *
 * <pre>
 * 1 java invoked oom-killer: ...        opens OOM report A
 * 2 Mem-Info:                           A: a section that A has not passed
 * 3 sshd: page allocation failure: ...  opens report B; A stays open
 * 4 Mem-Info:                           B is younger and has no such section yet: B
 * 5 Out of memory: Killed process 7 ... B cannot hold a kill, A can: A, which it closes
 * </pre>
 *
 * <p>Two reports come out: A of the lines 1, 2 and 5, ended by its terminator, and B of 3 and 4,
 * which nothing has ended yet.
 */
public final class Segmenter {

  /**
   * What the lines are.
   *
   * @param reports in the order of their first lines; some may still be open
   * @param orphans lines that stand in reports only, and found none
   * @param unclaimed frames, registers and other lines that mean nothing by themselves
   * @param duplicates lines that were delivered more than once
   */
  public record Segments(
      List<Segment> reports,
      List<ClassifiedLine> orphans,
      List<ClassifiedLine> unclaimed,
      List<ClassifiedLine> duplicates) {}

  private final SegmentLimits limits;
  private final List<OpenBlock> reports = new ArrayList<>();
  private final List<OpenBlock> open = new ArrayList<>();
  private final List<ClassifiedLine> orphans = new ArrayList<>();
  private final List<ClassifiedLine> unclaimed = new ArrayList<>();
  private LineJoiner.@Nullable Joined sysrq;
  private long suppressed;
  private long lost;

  /** Pids of kill lines that no kernel can have written. */
  private final Set<Long> madeUp = new HashSet<>();

  /** The lines that {@code suppressed} and {@code lost} come from. */
  private final List<ClassifiedLine> told = new ArrayList<>();

  private Segmenter(SegmentLimits limits) {
    this.limits = limits;
  }

  /** Orders, joins and cuts the lines. */
  public static Segments segment(List<ClassifiedLine> lines, SegmentLimits limits) {
    LineOrder.Ordered ordered = LineOrder.order(lines);
    Segmenter segmenter = new Segmenter(limits);
    int boots = ordered.boots().size();
    for (int boot = 0; boot < boots; boot++) {
      for (LineJoiner.Joined line : LineJoiner.join(ordered.boots().get(boot))) {
        segmenter.take(line);
      }
      if (boot < boots - 1) {
        segmenter.closeAll(ClosedBy.REBOOT);
      }
    }
    segmenter.dropSysrq();
    return new Segments(
        segmenter.reports.stream().map(OpenBlock::toSegment).toList(),
        segmenter.orphans,
        segmenter.unclaimed,
        ordered.duplicates());
  }

  private void take(LineJoiner.Joined joined) {
    ClassifiedLine line = joined.line();
    open.removeIf(
        report -> {
          boolean over = report.isPausedBefore(line.line());
          if (over) {
            report.close(ClosedBy.GAP);
          }
          return over;
        });
    switch (line.rule().role()) {
      case OPENS -> opens(joined);
      case BODY -> body(joined);
      case CONTEXT -> context(joined);
      case CLOSES -> closes(joined);
      case AFTER -> after(joined);
      case STANDALONE -> standalone(joined);
      case TAIL -> unclaimed.addAll(joined.sources());
      case UNKNOWN -> unknown(joined);
    }
  }

  private void opens(LineJoiner.Joined joined) {
    MemoryBlock.Kind kind =
        switch (joined.line().rule().section()) {
          case INVOCATION -> MemoryBlock.Kind.OOM;
          case SLAB_FAILURE -> MemoryBlock.Kind.SLAB_ALLOCATION_FAILURE;
          default -> MemoryBlock.Kind.PAGE_ALLOCATION_FAILURE;
        };
    String caller = joined.line().line().caller();
    open.removeIf(
        report -> {
          boolean replaced =
              report.kind() == kind
                  && (kind == MemoryBlock.Kind.OOM || caller == null || report.isClosed());
          if (replaced) {
            report.close(ClosedBy.GAP);
          }
          return replaced;
        });
    lost = 0; // what was lost before a report's head is not missing in it
    OpenBlock report = newReport(kind);
    if (kind == MemoryBlock.Kind.OOM && sysrq != null) {
      report.add(sysrq);
      sysrq = null;
    }
    report.add(joined);
    open.add(report);
  }

  private void body(LineJoiner.Joined joined) {
    if (joined.line().rule() == LineRule.SYSRQ_OOM) {
      dropSysrq();
      sysrq = joined;
      return;
    }
    OpenBlock report = youngestThatAccepts(joined.line());
    if (report == null) {
      report = youngestThatAcceptsOutOfTurn(joined.line());
    }
    if (report == null && open.stream().anyMatch(r -> r.has(joined.line()))) {
      unclaimed.addAll(joined.sources());
      return;
    }
    if (report == null && opensWithoutHead(joined.line().rule())) {
      report = newReport(MemoryBlock.Kind.OOM);
      open.add(report);
    }
    if (report == null) {
      orphans.addAll(joined.sources());
    } else {
      report.add(joined);
    }
  }

  /**
   * The head of a long report is the first that a full log buffer loses; what is left still ends
   * with a kill.
   */
  private static boolean opensWithoutHead(LineRule rule) {
    return rule != LineRule.LOWMEM_RESERVE
        && rule.section().compareTo(Section.MEMCG_USAGE) >= 0
        && rule.section().compareTo(Section.KILL) <= 0;
  }

  private void context(LineJoiner.Joined joined) {
    OpenBlock report = youngestThatAccepts(joined.line());
    if (report == null) {
      unclaimed.addAll(joined.sources());
    } else {
      report.add(joined);
    }
  }

  /** Kept by the youngest report that it may stand in; whether it does, the next line tells. */
  private void unknown(LineJoiner.Joined joined) {
    for (int i = open.size() - 1; i >= 0; i--) {
      if (open.get(i).hold(joined)) {
        return;
      }
    }
    unclaimed.addAll(joined.sources());
  }

  private void closes(LineJoiner.Joined joined) {
    ClassifiedLine line = joined.line();
    OpenBlock report = youngestThatAccepts(line);
    if (line.rule() == LineRule.KILLED && KillLineShape.isImpossible(line.text())) {
      long pid = KillLineShape.pidOf(line.text());
      if (report == null || report.kind() != MemoryBlock.Kind.OOM || report.namesAnother(pid)) {
        if (report != null) {
          report.discredit();
        }
        madeUp.add(pid);
        alone(joined);
        return;
      }
    }
    boolean member = line.rule() == LineRule.KILLED || line.rule() == LineRule.VICTIM_EXITING;
    if (report == null && member) {
      OpenBlock last = lastOom();
      report = last != null && last.acceptsGroupMember(line) ? last : null;
    } else if (report == null && line.rule().section() == Section.PANIC) {
      report = lastOom();
    }
    if (report == null) {
      report = newReport(MemoryBlock.Kind.OOM);
    }
    report.add(joined);
    open.remove(report);
  }

  private void after(LineJoiner.Joined joined) {
    ClassifiedLine line = joined.line();
    OpenBlock report = null;
    if (line.rule().section() == Section.REAPER) {
      long pid = KillLineShape.reapedPidOf(line.text());
      for (int i = reports.size() - 1; i >= 0 && report == null; i--) {
        report = reports.get(i).names(pid) ? reports.get(i) : null;
      }
      for (int i = reports.size() - 1; i >= 0 && report == null && !madeUp.contains(pid); i--) {
        report = reports.get(i).mayHaveKilled(line) ? reports.get(i) : null;
      }
      if (report == null && pid >= 0 && !madeUp.contains(pid)) {
        if (lastOom() == null) {
          // The report that it ends came before these lines, and told of it.
          orphans.addAll(joined.sources());
        } else {
          reaped(joined);
        }
        return;
      }
    } else if (line.rule().section() == Section.PANIC) {
      report = lastOom();
    } else {
      OpenBlock last = lastOom();
      report = last != null && last.hasKill() ? last : null;
    }
    if (report == null) {
      orphans.addAll(joined.sources());
    } else {
      report.add(joined);
    }
  }

  private void standalone(LineJoiner.Joined joined) {
    ClassifiedLine line = joined.line();
    switch (line.rule()) {
      case BOOT -> closeAll(ClosedBy.REBOOT);
      case CALLBACKS_SUPPRESSED -> {
        suppressed += LossLine.countOf(line.text());
        told.addAll(joined.sources());
      }
      default -> {
        if (LossLine.saysLinesAreMissing(line.rule())) {
          fellIn(joined);
        }
      }
    }
    if (OpenBlock.bringsMemory(line.rule())) {
      OpenBlock dump = new OpenBlock(MemoryBlock.Kind.MEMORY_DUMP, limits, 0);
      dump.add(joined);
      reports.add(dump);
      open.add(dump);
    } else {
      alone(joined);
    }
  }

  /** Lines were lost here: inside the reports that are open, else before the next line. */
  private void fellIn(LineJoiner.Joined joined) {
    long count = LossLine.countOf(joined.line().text());
    boolean inside = false;
    for (OpenBlock report : open) {
      if (!report.isClosed()) {
        report.lose(count, joined.sources());
        inside = true;
      }
    }
    if (!inside) {
      lost += count;
      told.addAll(joined.sources());
    }
  }

  private void alone(LineJoiner.Joined joined) {
    OpenBlock report = new OpenBlock(MemoryBlock.Kind.LINE, limits, 0);
    report.add(joined);
    report.close(ClosedBy.TERMINATOR);
    reports.add(report);
  }

  /** The reaper visits victims only: a line about one whose kill is not here is all there is. */
  private void reaped(LineJoiner.Joined joined) {
    OpenBlock report = new OpenBlock(MemoryBlock.Kind.OOM, limits, 0);
    report.add(joined);
    report.close(ClosedBy.TERMINATOR);
    reports.add(report);
  }

  private OpenBlock newReport(MemoryBlock.Kind kind) {
    OpenBlock report = new OpenBlock(kind, limits, suppressed);
    report.lose(lost, told);
    suppressed = 0;
    lost = 0;
    told.clear();
    reports.add(report);
    return report;
  }

  private @Nullable OpenBlock youngestThatAccepts(ClassifiedLine line) {
    for (int i = open.size() - 1; i >= 0; i--) {
      if (open.get(i).accepts(line)) {
        return open.get(i);
      }
    }
    return null;
  }

  private @Nullable OpenBlock youngestThatAcceptsOutOfTurn(ClassifiedLine line) {
    for (int i = open.size() - 1; i >= 0; i--) {
      if (open.get(i).acceptsOutOfTurn(line)) {
        return open.get(i);
      }
    }
    return null;
  }

  private @Nullable OpenBlock lastOom() {
    for (int i = reports.size() - 1; i >= 0; i--) {
      if (reports.get(i).kind() == MemoryBlock.Kind.OOM && !reports.get(i).isOfReaperOnly()) {
        return reports.get(i);
      }
    }
    return null;
  }

  private void closeAll(ClosedBy by) {
    open.forEach(report -> report.close(by));
    open.clear();
  }

  private void dropSysrq() {
    if (sysrq != null) {
      orphans.addAll(sysrq.sources());
      sysrq = null;
    }
  }
}

package io.oomstream.block;

import io.oomstream.assemble.segment.ClassifiedLine;
import io.oomstream.assemble.segment.CutMark;
import io.oomstream.block.cgroup.MemcgLines;
import io.oomstream.block.line.SummaryLine;
import io.oomstream.block.memory.MemoryLines;
import io.oomstream.block.memory.SlabFailureLines;
import io.oomstream.block.memory.SlabTable;
import io.oomstream.block.request.CallTrace;
import io.oomstream.block.request.CpusetLine;
import io.oomstream.block.request.FailureLine;
import io.oomstream.block.request.InvocationLine;
import io.oomstream.block.request.StackHeader;
import io.oomstream.block.text.Latin1;
import io.oomstream.block.victim.KillList;
import io.oomstream.block.victim.ReaperLines;
import io.oomstream.block.victim.TaskTable;
import io.oomstream.kernel.LineRule;
import io.oomstream.kernel.Section;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A block's lines, each given to the reader of its section. */
public final class Sections {

  private static final int UNPARSED_KEPT = 20;
  private static final String PANIC = "Kernel panic - not syncing: ";

  final StackHeader stackHeader = new StackHeader();
  final CallTrace callTrace = new CallTrace();
  final MemcgLines memcg = new MemcgLines();
  final MemoryLines memory = new MemoryLines();
  final SlabTable slab = new SlabTable();
  final TaskTable taskTable = new TaskTable();
  public final KillList kills = new KillList();
  final ReaperLines reaper = new ReaperLines();
  final SlabFailureLines slabFailure = new SlabFailureLines();
  final Set<Section> present = EnumSet.noneOf(Section.class);
  @Nullable InvocationLine invocation;
  @Nullable FailureLine failure;
  @Nullable CpusetLine cpuset;
  @Nullable public SummaryLine summary;
  private @Nullable String summaryText;
  @Nullable public String panic;
  int unparsedLines;
  final List<String> unparsed = new ArrayList<>();

  /** Whether a known line could not be read: part of it is missing. */
  boolean torn;

  private Sections() {}

  static Sections read(List<ClassifiedLine> lines) {
    Sections sections = new Sections();
    ClassifiedLine before = null;
    for (ClassifiedLine line : lines) {
      if (isElided(line, before)) {
        sections.torn = true;
        before = line;
        continue;
      }
      if (line.rule() != LineRule.UNKNOWN) {
        before = line;
        sections.present.add(line.rule().section());
      }
      if (!sections.take(line)) {
        sections.notRead(line);
      }
    }
    sections.unparsedLines += sections.taskTable.misfits();
    sections.torn |= sections.taskTable.misfits() > 0 || sections.taskTable.hasCutRows();
    sections.readNamesAgain();
    return sections;
  }

  /** A mark of lines left out; three points are the kernel's only behind the words of a stack. */
  private static boolean isElided(ClassifiedLine line, @Nullable ClassifiedLine before) {
    boolean ofStack =
        before != null
            && (before.rule() == LineRule.RAW_STACK || before.rule() == LineRule.RAW_STACK_HEAD);
    return line.rule() == LineRule.ELIDED
        || (line.rule() == LineRule.RAW_STACK && CutMark.is(line.text().trim()) && !ofStack);
  }

  private void notRead(ClassifiedLine line) {
    unparsedLines++;
    if (unparsed.size() < UNPARSED_KEPT) {
      unparsed.add(Latin1.decode(line.text()));
    }
    torn |= line.rule() != LineRule.UNKNOWN;
  }

  private boolean take(ClassifiedLine line) {
    LineRule rule = line.rule();
    String text = line.text();
    return switch (rule.section()) {
      case INVOCATION -> rule == LineRule.COMPACTION_DISABLED || invocation(text);
      case FAILURE -> (failure = failure != null ? failure : FailureLine.parse(text)) != null;
      case CPUSET -> cpuset(text);
      case STACK_HEADER -> stackHeader.take(rule, text);
      case CALL_TRACE -> callTrace.take(rule, text);
      case MEMCG_USAGE, MEMCG_STATS -> memcg.take(rule, text);
      case MEM_INFO, NODES, ZONES, FREE_LISTS, HUGE_PAGES, PAGE_TOTALS -> memory.take(rule, text);
      case SLAB -> slab.take(rule, text);
      case TASKS -> taskTable.take(rule, text);
      case SUMMARY -> summary(text);
      case KILL, GROUP_KILL -> kills.take(line);
      case REAPER -> reaper.take(rule, text);
      case PANIC -> rule == LineRule.PANIC_END || panic(text);
      case SLAB_FAILURE -> slabFailure.take(rule, text);
      case UNKNOWN -> false;
      case REGISTERS -> registers(rule);
      case SYSRQ, LIMIT, LOSS, BOOT, NOTICE, USERSPACE_KILL -> true;
    };
  }

  private boolean invocation(String text) {
    invocation = invocation != null ? invocation : InvocationLine.parse(text);
    return invocation != null;
  }

  private boolean registers(LineRule rule) {
    callTrace.registers(rule);
    return true;
  }

  private boolean cpuset(String text) {
    String comm = invocation != null ? invocation.comm() : failure != null ? failure.comm() : null;
    cpuset = cpuset != null ? cpuset : CpusetLine.parse(text, comm);
    return cpuset != null;
  }

  private boolean summary(String text) {
    SummaryLine read = SummaryLine.parse(text);
    if (summary == null) {
      summary = read;
      summaryText = text;
    }
    return read != null && read.whole();
  }

  /** Reads the summary again, with the name from the kill line, which is easier to read. */
  private void readNamesAgain() {
    Long pid = summary == null ? null : summary.pid();
    for (KillList.RawKill kill : kills.kills()) {
      if (summaryText != null && pid != null && pid == kill.facts().pid()) {
        summary = SummaryLine.parse(summaryText, kill.facts().comm());
      }
    }
  }

  private boolean panic(String text) {
    if (panic == null) {
      panic = Latin1.decode(text.startsWith(PANIC) ? text.substring(PANIC.length()) : text);
    }
    return true;
  }
}

package io.oomstream.assemble.segment;

import io.oomstream.block.line.KillLineShape;
import io.oomstream.event.MemoryBlock;
import io.oomstream.event.section.BlockInfo;
import io.oomstream.format.line.KernelLine;
import io.oomstream.kernel.LineRule;
import io.oomstream.kernel.Role;
import io.oomstream.kernel.Section;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A block under construction: its lines, and whether it accepts a further line. */
final class OpenBlock {

  /**
   * The members of a group are killed in one sweep, without sleeping ({@code mm/memcontrol.c:
   * mem_cgroup_scan_tasks}).
   */
  private static final long GROUP_SWEEP_US = 5_000_000;

  /** More unknown lines in a row don't belong to the block. */
  private static final int MOST_HELD = 100;

  private final MemoryBlock.Kind kind;
  private final List<ClassifiedLine> lines = new ArrayList<>();
  private final Set<Long> killed = new HashSet<>();

  /** Processes that a line of this block names as killed. */
  private final Set<Long> victims = new HashSet<>();

  private final SegmentLimits limits;
  private final List<ClassifiedLine> sources = new ArrayList<>();
  private final List<ClassifiedLine> lossLines = new ArrayList<>();

  /**
   * Unknown lines after the last line: they belong to the block if another of its lines follows.
   */
  private final List<LineJoiner.Joined> held = new ArrayList<>();

  private final long suppressed;
  private long lost;
  private long dropped;
  private int droppedSources;
  private int stage = -1;
  private final Set<String> seen = new HashSet<>();
  private final Set<String> texts = new HashSet<>();
  private boolean groupKill;
  private boolean discredited;
  private BlockInfo.@Nullable ClosedBy closedBy;
  private @Nullable String boot;

  OpenBlock(MemoryBlock.Kind kind, SegmentLimits limits, long suppressed) {
    this.kind = kind;
    this.limits = limits;
    this.suppressed = suppressed;
  }

  MemoryBlock.Kind kind() {
    return kind;
  }

  boolean isClosed() {
    return closedBy != null;
  }

  boolean isOfReaperOnly() {
    return lines.size() == 1 && lines.get(0).rule().section() == Section.REAPER;
  }

  boolean hasKill() {
    return !killed.isEmpty();
  }

  void close(BlockInfo.ClosedBy by) {
    if (closedBy == null) {
      closedBy = by;
    }
  }

  /**
   * Counts lines that are missing.
   *
   * @param lines the lines that report the loss
   */
  void lose(long count, List<ClassifiedLine> lines) {
    lost += count;
    lossLines.addAll(lines);
  }

  /** Keeps a line without a rule; false if it can't belong to this block. */
  boolean hold(LineJoiner.Joined joined) {
    boolean possible = !isClosed() && held.size() < MOST_HELD && !isOfAnotherCaller(joined.line());
    if (possible) {
      held.add(joined);
    }
    return possible;
  }

  void add(LineJoiner.Joined joined) {
    List<LineJoiner.Joined> inside = List.copyOf(held);
    held.clear();
    inside.forEach(this::addOne);
    addOne(joined);
  }

  private void addOne(LineJoiner.Joined joined) {
    sources.addAll(joined.sources());
    ClassifiedLine line = joined.line();
    Role role = line.rule().role();
    boolean key =
        (role != Role.BODY && role != Role.CONTEXT && role != Role.UNKNOWN)
            || line.rule() == LineRule.SUMMARY;
    if (lines.size() >= limits.maxLines() && !key) {
      dropped++;
      droppedSources += joined.sources().size();
      return;
    }
    lines.add(line);
    texts.add(line.text());
    if (role == Role.UNKNOWN) {
      return;
    }
    seen.add(keyOf(line));
    stage = Math.max(stage, stageOf(line.rule()));
    switch (line.rule()) {
      case KILLED -> {
        killed.add(KillLineShape.pidOf(line.text()));
        victims.add(KillLineShape.pidOf(line.text()));
      }
      case KILLED_UB, KILL_SHARING, VICTIM_EXITING, SUMMARY ->
          victims.add(KillLineShape.victimPidOf(line.rule(), line.text()));
      case GROUP_KILL -> groupKill = true;
      case PAGES_RESERVED, PAGES_HWPOISONED, SLAB_FAILURE_NODE -> {
        if (kind != MemoryBlock.Kind.OOM) {
          close(BlockInfo.ClosedBy.TERMINATOR);
        }
      }
      default -> {}
    }
    if (role == Role.CLOSES) {
      close(BlockInfo.ClosedBy.TERMINATOR);
    }
  }

  /**
   * Whether the line can be next in this block: its section belongs to such a block and is not
   * over.
   */
  boolean accepts(ClassifiedLine line) {
    if (kind == MemoryBlock.Kind.OOM && isClosed()) {
      return false;
    }
    if (isOfAnotherCaller(line)) {
      return false;
    }
    if (line.rule() == LineRule.ELIDED) {
      return !isClosed();
    }
    if (line.rule() == LineRule.COUNTERS) {
      return stage == Section.MEM_INFO.ordinal();
    }
    if (line.rule() == LineRule.PIECE) {
      return stage >= Section.ZONES.ordinal() && stage <= Section.FREE_LISTS.ordinal();
    }
    return holds(line.rule()) && stageOf(line.rule()) >= stage;
  }

  /**
   * Whether a line that {@link #accepts} refuses still belongs to this block: lines can arrive out
   * of order, and the order of sections differs between kernels. Not if the block already has such
   * a line: then it belongs to another block, which has lost its head.
   */
  boolean acceptsOutOfTurn(ClassifiedLine line) {
    LineRule rule = line.rule();
    boolean placeless =
        rule == LineRule.LOWMEM_RESERVE || rule == LineRule.COUNTERS || rule == LineRule.PIECE;
    return kind == MemoryBlock.Kind.OOM
        && !isClosed()
        && !placeless
        && !isOfAnotherCaller(line)
        && holds(rule)
        && (rule.section().compareTo(Section.MEM_INFO) >= 0 || rule == LineRule.MEMCG_PROTECTION)
        && !seen.contains(keyOf(line));
  }

  /** Whether the block already has this line: a collector can deliver a line twice. */
  boolean has(ClassifiedLine line) {
    return !isClosed() && texts.contains(line.text());
  }

  private boolean isOfAnotherCaller(ClassifiedLine line) {
    String caller = line.line().caller();
    String own = lines.isEmpty() ? null : lines.get(0).line().caller();
    return caller != null && own != null && !caller.equals(own);
  }

  /** The rule and the zone, node or process of the line. */
  private static String keyOf(ClassifiedLine line) {
    String text = line.text();
    int end = line.rule() == LineRule.TASK_ROW ? text.indexOf(']') : text.indexOf(':');
    return line.rule().name() + (end < 0 ? "" : text.substring(0, end));
  }

  /** Whether a memory dump without a request follows the line. */
  static boolean bringsMemory(LineRule rule) {
    return rule == LineRule.SYSRQ_MEMORY
        || rule == LineRule.SYSRQ_MEMORY_OLD
        || rule == LineRule.NOMMU_LENGTH;
  }

  /** Whether the kill is of this block's group kill. */
  boolean acceptsGroupMember(ClassifiedLine line) {
    return groupKill && !isPausedBefore(line.line(), GROUP_SWEEP_US);
  }

  /** Whether its summary names another victim, where the kernel names one and the same. */
  boolean namesAnother(long pid) {
    return !victims.isEmpty() && !victims.contains(pid);
  }

  /** A kill line that no kernel can have written stands here: nothing here names a victim. */
  void discredit() {
    discredited = true;
  }

  /** Whether a line of this block names the process as killed. */
  boolean names(long pid) {
    return victims.contains(pid);
  }

  /**
   * Whether the reaper's line about a process that no block names can be about this block's victim:
   * its kill line is missing, or one of its group's.
   */
  boolean mayHaveKilled(ClassifiedLine reaped) {
    boolean lacksKill =
        kind == MemoryBlock.Kind.OOM
            && !isClosed()
            && !discredited
            && victims.isEmpty()
            && !lines.isEmpty();
    return lacksKill || acceptsGroupMember(reaped);
  }

  boolean isPausedBefore(KernelLine next) {
    return isPausedBefore(next, limits.maxGapUs());
  }

  private boolean isPausedBefore(KernelLine next, long maxUs) {
    if (lines.isEmpty()) {
      return false;
    }
    KernelLine last = lines.get(lines.size() - 1).line();
    Long pause =
        difference(next.kernelTimeUs(), last.kernelTimeUs()) != null
            ? difference(next.kernelTimeUs(), last.kernelTimeUs())
            : difference(next.wallTimeUs(), last.wallTimeUs());
    return pause != null && pause > maxUs;
  }

  private static @Nullable Long difference(@Nullable Long later, @Nullable Long earlier) {
    return later == null || earlier == null ? null : later - earlier;
  }

  private boolean holds(LineRule rule) {
    Section section = rule.section();
    return switch (kind) {
      case OOM -> section != Section.FAILURE && section != Section.SLAB_FAILURE;
      case PAGE_ALLOCATION_FAILURE ->
          section.compareTo(Section.CPUSET) >= 0
              && section.compareTo(Section.PAGE_TOTALS) <= 0
              && section != Section.MEMCG_USAGE
              && (section != Section.MEMCG_STATS || rule == LineRule.MEMCG_PROTECTION);
      case SLAB_ALLOCATION_FAILURE -> section == Section.SLAB_FAILURE;
      case LINE -> false;
      case MEMORY_DUMP ->
          section.compareTo(Section.MEM_INFO) >= 0 && section.compareTo(Section.PAGE_TOTALS) <= 0;
    };
  }

  /** The position of a section; sections that the kernel prints alternately have the same one. */
  private static int stageOf(LineRule rule) {
    if (rule == LineRule.PIECE) {
      return Section.ZONES.ordinal();
    }
    if (bringsMemory(rule) || rule == LineRule.ELIDED) {
      return -1;
    }
    if (rule == LineRule.MEMCG_PROTECTION) {
      return Section.PAGE_TOTALS.ordinal();
    }
    return switch (rule.section()) {
      case CALL_TRACE, REGISTERS -> Section.CALL_TRACE.ordinal();
      case MEMCG_USAGE, MEMCG_STATS -> Section.MEMCG_USAGE.ordinal();
      default -> rule.section().ordinal();
    };
  }

  /**
   * A dump with nothing before and after it is not an OOM block that lost its head: show_mem prints
   * it for SysRq, for a driver, or before suspend.
   */
  private MemoryBlock.Kind kindOfAll() {
    boolean bare = kind == MemoryBlock.Kind.OOM;
    boolean dump = false;
    for (ClassifiedLine line : lines) {
      Section section = line.rule().section();
      dump |= line.rule() == LineRule.MEM_INFO;
      bare &=
          section.compareTo(Section.MEM_INFO) >= 0 && section.compareTo(Section.PAGE_TOTALS) <= 0;
    }
    return bare && dump ? MemoryBlock.Kind.MEMORY_DUMP : kind;
  }

  /** Without the summary, where the kill behind it is made up: then so is the summary. */
  private List<ClassifiedLine> credited() {
    return discredited
        ? lines.stream().filter(line -> line.rule() != LineRule.SUMMARY).toList()
        : List.copyOf(lines);
  }

  Segment toSegment() {
    return new Segment(
        kindOfAll(),
        credited(),
        List.copyOf(sources),
        List.copyOf(lossLines),
        held.stream().flatMap(joined -> joined.sources().stream()).toList(),
        closedBy,
        dropped,
        droppedSources,
        suppressed,
        lost,
        boot);
  }

  /** What is known of its boot's memory. */
  void of(@Nullable BootLog log) {
    boot = log == null || log.text().isEmpty() ? null : log.text();
  }
}

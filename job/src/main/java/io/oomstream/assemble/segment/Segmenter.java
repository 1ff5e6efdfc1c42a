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
 * Cuts one host's lines into blocks: a pure function of the lines.
 *
 * <p>The kernel never mixes two OOM blocks of a host (its {@code oom_lock}), but failed allocations
 * are printed at any time, between the lines of an OOM block too. A line goes to the newest open
 * block that accepts it: same printk caller if known, and a section that is not over in this block.
 * A kill without a header, which happens by rate limiting, is a block by itself.
 *
 * <p>Example, five lines in the order in which the kernel wrote them:
 *
 * <pre>
 * 1 java invoked oom-killer: ...        opens OOM block A
 * 2 Mem-Info:                           A: a section that is not over in A
 * 3 sshd: page allocation failure: ...  opens block B; A stays open
 * 4 Mem-Info:                           B: it is newer and has no such section yet
 * 5 Out of memory: Killed process 7 ... A: only A accepts a kill, which closes it
 * </pre>
 *
 * <p>Two blocks come out: A of the lines 1, 2 and 5, ended by its terminator, and B of 3 and 4,
 * which has no end yet.
 */
public final class Segmenter {

  /**
   * The result.
   *
   * @param blocks in the order of their first lines; some may still be open
   * @param orphans lines that belong into a block, but no block accepts them
   * @param unclaimed frames, registers and other lines that mean nothing by themselves
   * @param duplicates lines that were delivered more than once
   * @param ofBoots lines that say what a boot made of memory
   * @param boots all lines but the duplicates, in order, boot by boot
   */
  public record Segments(
      List<Segment> blocks,
      List<ClassifiedLine> orphans,
      List<ClassifiedLine> unclaimed,
      List<ClassifiedLine> duplicates,
      List<ClassifiedLine> ofBoots,
      List<List<ClassifiedLine>> boots) {}

  private final SegmentLimits limits;
  private final List<OpenBlock> blocks = new ArrayList<>();
  private final List<OpenBlock> open = new ArrayList<>();
  private final List<ClassifiedLine> orphans = new ArrayList<>();
  private final List<ClassifiedLine> unclaimed = new ArrayList<>();
  private final List<ClassifiedLine> ofBoots = new ArrayList<>();
  private BootLedger ledger;
  private @Nullable BootLog boot;
  private LineJoiner.@Nullable Joined sysrq;
  private long suppressed;
  private long lost;

  /** Pids of kill lines that no kernel can have written. */
  private final Set<Long> madeUp = new HashSet<>();

  /** The lines that {@code suppressed} and {@code lost} come from. */
  private final List<ClassifiedLine> lossLines = new ArrayList<>();

  private Segmenter(SegmentLimits limits, BootLedger ledger) {
    this.limits = limits;
    this.ledger = ledger;
  }

  /** Orders, joins and cuts the lines of a host whose boots are not known. */
  public static Segments segment(List<ClassifiedLine> lines, SegmentLimits limits) {
    return segment(lines, limits, BootLedger.NONE);
  }

  /**
   * Orders, joins and cuts the lines.
   *
   * @param ledger what lines before these said of the host's boots
   */
  public static Segments segment(
      List<ClassifiedLine> lines, SegmentLimits limits, BootLedger ledger) {
    LineOrder.Ordered ordered = LineOrder.order(lines);
    Segmenter segmenter = new Segmenter(limits, ledger);
    int boots = ordered.boots().size();
    for (int i = 0; i < boots; i++) {
      List<ClassifiedLine> boot = ordered.boots().get(i);
      segmenter.boot = segmenter.ledger.of(boot.get(0).line());
      for (LineJoiner.Joined line : LineJoiner.join(boot)) {
        segmenter.take(line);
      }
      segmenter.ledger = segmenter.ledger.seen(boot.get(boot.size() - 1).line());
      if (i < boots - 1) {
        segmenter.closeAll(ClosedBy.REBOOT);
      }
    }
    segmenter.dropSysrq();
    return new Segments(
        segmenter.blocks.stream().map(OpenBlock::toSegment).toList(),
        segmenter.orphans,
        segmenter.unclaimed,
        ordered.duplicates(),
        segmenter.ofBoots,
        ordered.boots());
  }

  private void take(LineJoiner.Joined joined) {
    ClassifiedLine line = joined.line();
    open.removeIf(
        block -> {
          boolean over = block.isPausedBefore(line.line());
          if (over) {
            block.close(ClosedBy.GAP);
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
      case BOOT -> ofBoot(joined);
      case TAIL -> unclaimed.addAll(joined.sources());
      case UNKNOWN -> unknown(joined);
    }
  }

  private void ofBoot(LineJoiner.Joined joined) {
    if (joined.line().rule() == LineRule.BOOT) {
      closeAll(ClosedBy.REBOOT);
    }
    for (ClassifiedLine line : joined.sources()) {
      ledger = ledger.take(line);
      boot = ledger.of(line.line());
    }
    ofBoots.addAll(joined.sources());
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
        block -> {
          boolean replaced =
              block.kind() == kind
                  && (kind == MemoryBlock.Kind.OOM || caller == null || block.isClosed());
          if (replaced) {
            block.close(ClosedBy.GAP);
          }
          return replaced;
        });
    lost = 0; // lines lost before a block's head are not missing in the block
    OpenBlock block = newBlock(kind);
    if (kind == MemoryBlock.Kind.OOM && sysrq != null) {
      block.add(sysrq);
      sysrq = null;
    }
    block.add(joined);
    open.add(block);
  }

  private void body(LineJoiner.Joined joined) {
    if (joined.line().rule() == LineRule.SYSRQ_OOM) {
      dropSysrq();
      sysrq = joined;
      return;
    }
    OpenBlock block = youngestThatAccepts(joined.line());
    if (block == null) {
      block = youngestThatAcceptsOutOfTurn(joined.line());
    }
    if (block == null && open.stream().anyMatch(r -> r.has(joined.line()))) {
      unclaimed.addAll(joined.sources());
      return;
    }
    if (block == null && opensWithoutHead(joined.line().rule())) {
      block = newBlock(MemoryBlock.Kind.OOM);
      open.add(block);
    }
    if (block == null) {
      orphans.addAll(joined.sources());
    } else {
      block.add(joined);
    }
  }

  /** A full log buffer loses the head of a long block first; the rest still ends with a kill. */
  private static boolean opensWithoutHead(LineRule rule) {
    return rule != LineRule.LOWMEM_RESERVE
        && rule.section().compareTo(Section.MEMCG_USAGE) >= 0
        && rule.section().compareTo(Section.KILL) <= 0;
  }

  private void context(LineJoiner.Joined joined) {
    OpenBlock block = youngestThatAccepts(joined.line());
    if (block == null) {
      unclaimed.addAll(joined.sources());
    } else {
      block.add(joined);
    }
  }

  /**
   * The newest block that accepts the line keeps it, until the next line shows whether it belongs
   * there.
   */
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
    OpenBlock block = youngestThatAccepts(line);
    if (line.rule() == LineRule.KILLED && KillLineShape.isImpossible(line.text())) {
      long pid = KillLineShape.pidOf(line.text());
      if (block == null || block.kind() != MemoryBlock.Kind.OOM || block.namesAnother(pid)) {
        if (block != null) {
          block.discredit();
        }
        madeUp.add(pid);
        single(joined);
        return;
      }
    }
    boolean member = line.rule() == LineRule.KILLED || line.rule() == LineRule.VICTIM_EXITING;
    if (block == null && member) {
      OpenBlock last = lastOom();
      block = last != null && last.acceptsGroupMember(line) ? last : null;
    } else if (block == null && line.rule().section() == Section.PANIC) {
      block = lastOom();
    }
    if (block == null) {
      block = newBlock(MemoryBlock.Kind.OOM);
    }
    block.add(joined);
    open.remove(block);
  }

  private void after(LineJoiner.Joined joined) {
    ClassifiedLine line = joined.line();
    OpenBlock block = null;
    if (line.rule().section() == Section.REAPER) {
      long pid = KillLineShape.reapedPidOf(line.text());
      for (int i = blocks.size() - 1; i >= 0 && block == null; i--) {
        block = blocks.get(i).names(pid) ? blocks.get(i) : null;
      }
      for (int i = blocks.size() - 1; i >= 0 && block == null && !madeUp.contains(pid); i--) {
        block = blocks.get(i).mayHaveKilled(line) ? blocks.get(i) : null;
      }
      if (block == null && pid >= 0 && !madeUp.contains(pid)) {
        if (lastOom() == null) {
          // The block that it ends came before these lines.
          orphans.addAll(joined.sources());
        } else {
          reaped(joined);
        }
        return;
      }
    } else if (line.rule().section() == Section.PANIC) {
      block = lastOom();
    } else {
      OpenBlock last = lastOom();
      block = last != null && last.hasKill() ? last : null;
    }
    if (block == null) {
      orphans.addAll(joined.sources());
    } else {
      block.add(joined);
    }
  }

  private void standalone(LineJoiner.Joined joined) {
    ClassifiedLine line = joined.line();
    switch (line.rule()) {
      case CALLBACKS_SUPPRESSED -> {
        suppressed += LossLine.countOf(line.text());
        lossLines.addAll(joined.sources());
      }
      default -> {
        if (LossLine.saysLinesAreMissing(line.rule())) {
          fellIn(joined);
        }
      }
    }
    if (OpenBlock.bringsMemory(line.rule())) {
      OpenBlock dump = new OpenBlock(MemoryBlock.Kind.MEMORY_DUMP, limits, 0);
      dump.of(boot);
      dump.add(joined);
      blocks.add(dump);
      open.add(dump);
    } else {
      single(joined);
    }
  }

  /** Lines were lost here: inside the open blocks, otherwise before the next line. */
  private void fellIn(LineJoiner.Joined joined) {
    long count = LossLine.countOf(joined.line().text());
    boolean inside = false;
    for (OpenBlock block : open) {
      if (!block.isClosed()) {
        block.lose(count, joined.sources());
        inside = true;
      }
    }
    if (!inside) {
      lost += count;
      lossLines.addAll(joined.sources());
    }
  }

  private void single(LineJoiner.Joined joined) {
    OpenBlock block = new OpenBlock(MemoryBlock.Kind.LINE, limits, 0);
    block.add(joined);
    block.close(ClosedBy.TERMINATOR);
    blocks.add(block);
  }

  /** The reaper visits victims only: a line about one whose kill is not here is all there is. */
  private void reaped(LineJoiner.Joined joined) {
    OpenBlock block = new OpenBlock(MemoryBlock.Kind.OOM, limits, 0);
    block.add(joined);
    block.close(ClosedBy.TERMINATOR);
    blocks.add(block);
  }

  private OpenBlock newBlock(MemoryBlock.Kind kind) {
    OpenBlock block = new OpenBlock(kind, limits, suppressed);
    block.of(boot);
    block.lose(lost, lossLines);
    suppressed = 0;
    lost = 0;
    lossLines.clear();
    blocks.add(block);
    return block;
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
    for (int i = blocks.size() - 1; i >= 0; i--) {
      if (blocks.get(i).kind() == MemoryBlock.Kind.OOM && !blocks.get(i).isOfReaperOnly()) {
        return blocks.get(i);
      }
    }
    return null;
  }

  private void closeAll(ClosedBy by) {
    open.forEach(block -> block.close(by));
    open.clear();
  }

  private void dropSysrq() {
    if (sysrq != null) {
      orphans.addAll(sysrq.sources());
      sysrq = null;
    }
  }
}

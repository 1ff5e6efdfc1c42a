package io.oomstream.block;

import io.oomstream.assemble.segment.BlockId;
import io.oomstream.assemble.segment.ClassifiedLine;
import io.oomstream.assemble.segment.LineBlock;
import io.oomstream.block.request.InvocationLine;
import io.oomstream.block.request.PrintedMask;
import io.oomstream.block.victim.KillList;
import io.oomstream.event.MemoryBlock;
import io.oomstream.event.section.BlockInfo;
import io.oomstream.event.section.Scope;
import io.oomstream.format.line.KernelLine;
import io.oomstream.kernel.Section;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a block holds, and what of such a block is missing. */
final class Completeness {

  private Completeness() {}

  static BlockInfo of(LineBlock block, Sections sections, Scope.Kind scope) {
    List<Section> missing = new ArrayList<>(expected(block.kind(), sections, scope));
    missing.removeAll(sections.present);
    if (sections.callTrace.isOfOldArm() || sections.memory.totals().areOfOldForm()) {
      missing.remove(Section.STACK_HEADER); // not every architecture printed one then
    }
    boolean complete =
        missing.isEmpty()
            && block.droppedLines() == 0
            && block.lost() == 0
            && !sections.torn
            && !lacksKillLine(block.kind(), sections)
            && block.closedBy() == BlockInfo.ClosedBy.TERMINATOR;
    List<ClassifiedLine> lines = block.lines();
    return new BlockInfo(
        BlockId.of(lines),
        complete,
        names(sections.present),
        names(missing),
        block.closedBy(),
        lines.size(),
        orNull(block.suppressed()),
        orNull(block.lost()),
        sections.unparsedLines,
        sections.unparsed.isEmpty() ? null : List.copyOf(sections.unparsed),
        position(lines.get(0).line()),
        position(lines.get(lines.size() - 1).line()));
  }

  /** An announcement stands in the kill's section, but is no kill. */
  private static boolean lacksKillLine(MemoryBlock.Kind kind, Sections sections) {
    KillList kills = sections.kills;
    boolean none = kills.kills().isEmpty() && !kills.noKillable() && !kills.victimExiting();
    return kind == MemoryBlock.Kind.OOM && none && sections.panic == null;
  }

  private static Set<Section> expected(MemoryBlock.Kind kind, Sections sections, Scope.Kind scope) {
    return switch (kind) {
      case OOM -> expectedOfOom(sections, scope);
      case PAGE_ALLOCATION_FAILURE -> {
        Set<Section> expected =
            EnumSet.of(Section.FAILURE, Section.STACK_HEADER, Section.CALL_TRACE);
        addMemory(expected, sections);
        yield expected;
      }
      case MEMORY_DUMP -> {
        Set<Section> expected = EnumSet.noneOf(Section.class);
        addMemory(expected, sections);
        yield expected;
      }
      case SLAB_ALLOCATION_FAILURE -> EnumSet.of(Section.SLAB_FAILURE);
      case LINE -> EnumSet.noneOf(Section.class);
    };
  }

  private static Set<Section> expectedOfOom(Sections sections, Scope.Kind scope) {
    Set<Section> expected =
        EnumSet.of(Section.INVOCATION, Section.STACK_HEADER, Section.CALL_TRACE, Section.TASKS);
    if (scope == Scope.Kind.MEMCG || sections.present.contains(Section.MEMCG_USAGE)) {
      expected.add(Section.MEMCG_USAGE);
    } else {
      addMemory(expected, sections);
    }
    boolean noVictim = sections.kills.noKillable() || sections.panic != null;
    if (!noVictim) {
      expected.add(Section.KILL);
    }
    // Up to 4.20 there is a line for the cpuset and one for the score, and no summary; up to 4.5
    // the mask has no names.
    InvocationLine invocation = sections.invocation;
    PrintedMask mask = invocation == null ? null : invocation.mask();
    boolean old =
        sections.present.contains(Section.CPUSET)
            || sections.kills.hasScoreLine()
            || (mask != null && mask.names() == null);
    if (!noVictim && !old) {
      expected.add(Section.SUMMARY);
    }
    if (invocation != null) {
      expected.removeAll(invocation.form().notPrinted());
    }
    return expected;
  }

  private static void addMemory(Set<Section> expected, Sections sections) {
    expected.addAll(
        EnumSet.of(Section.MEM_INFO, Section.ZONES, Section.FREE_LISTS, Section.PAGE_TOTALS));
    if (!sections.memory.zones().areOfOldForm()) {
      expected.add(Section.NODES);
    }
  }

  private static List<String> names(Iterable<Section> sections) {
    List<String> names = new ArrayList<>();
    sections.forEach(section -> names.add(section.name()));
    return names;
  }

  private static @Nullable Long orNull(long count) {
    return count == 0 ? null : Long.valueOf(count);
  }

  private static BlockInfo.Position position(KernelLine line) {
    return new BlockInfo.Position(line.topic(), line.partition(), line.offset());
  }
}

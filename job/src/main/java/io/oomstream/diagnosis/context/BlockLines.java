package io.oomstream.diagnosis.context;

import io.oomstream.assemble.segment.ClassifiedLine;
import io.oomstream.block.KernelBlock;
import io.oomstream.event.section.Memory;
import io.oomstream.kernel.LineRule;
import io.oomstream.kernel.Section;
import org.jspecify.annotations.Nullable;

/** Finds the line that a fact was read from. */
public final class BlockLines {

  private BlockLines() {}

  /** The first line of the section that holds the words. */
  public static @Nullable String containing(KernelBlock block, Section section, String words) {
    for (ClassifiedLine line : block.lines()) {
      if (line.rule().section() == section && line.text().contains(words)) {
        return KernelBlock.textOf(line);
      }
    }
    return null;
  }

  /** The line of a counter: in the totals, else in a node's or zone's line. */
  public static @Nullable String ofCounter(KernelBlock block, String counter) {
    String name = counter + ":";
    for (ClassifiedLine line : block.lines()) {
      Section section = line.rule().section();
      boolean counters =
          section == Section.MEM_INFO || section == Section.NODES || section == Section.ZONES;
      if (counters && holds(line.text(), name)) {
        return KernelBlock.textOf(line);
      }
    }
    return null;
  }

  /** A value of a control group's memory.stat, one to a line or many. */
  public static @Nullable String ofStatistic(KernelBlock block, String name) {
    for (ClassifiedLine line : block.lines()) {
      if (line.rule().section() == Section.MEMCG_STATS
          && (holds(line.text(), name + " ") || holds(line.text(), name + ":"))) {
        return KernelBlock.textOf(line);
      }
    }
    return null;
  }

  /** The summary line, else the opening one. */
  public static @Nullable String ofSummary(KernelBlock block) {
    String line = block.lineOf(LineRule.SUMMARY);
    return line != null ? line : block.lineOf(LineRule.INVOKED);
  }

  public static @Nullable String ofZone(KernelBlock block, Memory.Zone zone) {
    String head = (zone.node() == null ? "" : "Node " + zone.node() + " ") + zone.name() + " free:";
    for (ClassifiedLine line : block.lines()) {
      if (line.rule() == LineRule.ZONE && line.text().startsWith(head)) {
        return KernelBlock.textOf(line);
      }
    }
    return null;
  }

  static @Nullable String ofFreeList(KernelBlock block, Memory.Zone zone) {
    String head = (zone.node() == null ? "" : "Node " + zone.node() + " ") + zone.name() + ": ";
    for (ClassifiedLine line : block.lines()) {
      if (line.rule() == LineRule.FREE_LIST && line.text().startsWith(head)) {
        return KernelBlock.textOf(line);
      }
    }
    return null;
  }

  /** As a word of its own: {@code active_anon:} is not in {@code inactive_anon:}. */
  private static boolean holds(String text, String name) {
    int at = text.indexOf(name);
    while (at >= 0) {
      if (at == 0 || text.charAt(at - 1) == ' ' || text.charAt(at - 1) == '\n') {
        return true;
      }
      at = text.indexOf(name, at + 1);
    }
    return false;
  }
}

package io.oomstream.block.memory;

import io.oomstream.event.section.Memory;
import io.oomstream.kernel.LineRule;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The Mem-Info dump: totals, nodes, zones, free lists, huge pages and page totals. */
public final class MemoryLines {

  private final TotalsLines totals = new TotalsLines();
  private final NodeLines nodes = new NodeLines();
  private final ZoneLines zones = new ZoneLines();
  private final FreeListLines freeLists = new FreeListLines();
  private final HugePageLines hugePages = new HugePageLines();
  private final PageTotalLines pageTotals = new PageTotalLines();
  private boolean seen;

  public boolean take(LineRule rule, String text) {
    seen = true;
    return switch (rule.section()) {
      case MEM_INFO ->
          rule == LineRule.MEM_INFO
              || rule == LineRule.PER_CPU
              || rule == LineRule.PER_CPU_ROW
              || rule == LineRule.PER_CPU_ROW_OLD
              || rule == LineRule.FREE_PAGES_OLD
              || totals.take(text);
      case NODES -> nodes.take(text);
      case ZONES -> zones.take(rule, text);
      case FREE_LISTS ->
          rule == LineRule.EMPTY_ZONE || (rule != LineRule.PIECE && freeLists.take(text));
      case HUGE_PAGES -> hugePages.take(text);
      default -> pageTotals.take(rule, text);
    };
  }

  public boolean seen() {
    return seen;
  }

  public TotalsLines totals() {
    return totals;
  }

  public ZoneLines zones() {
    return zones;
  }

  public FreeListLines freeLists() {
    return freeLists;
  }

  @Nullable
  public Memory toMemory(@Nullable Long pageSize, ZoneRequest request) {
    if (!seen) {
      return null;
    }
    Set<String> elsewhere = new HashSet<>();
    nodes.toNodes().forEach(node -> elsewhere.addAll(node.counters().keySet()));
    elsewhere.addAll(zones.counterNames());
    Map<String, Long> counters = totals.toCounters(pageSize, elsewhere);
    Long total = pageTotals.pages(LineRule.PAGES_RAM, pageSize);
    Long reserved = pageTotals.pages(LineRule.PAGES_RESERVED, pageSize);
    List<Memory.Zone> checked =
        WatermarkCheck.apply(
            zones.toZones(pageSize, freeLists, counters.get("free"), total), request);
    Memory memory =
        new Memory(
            total,
            reserved,
            managed(total, reserved),
            counters.get("free"),
            pageTotals.kilobytes(LineRule.TOTAL_SWAP),
            pageTotals.kilobytes(LineRule.FREE_SWAP),
            pageTotals.pages(LineRule.SWAP_CACHE, pageSize),
            pageTotals.pages(LineRule.PAGE_CACHE, pageSize),
            pageTotals.pages(LineRule.PAGES_CMA, pageSize),
            pageTotals.pages(LineRule.PAGES_HWPOISONED, pageSize),
            counters,
            nodes.toNodes(),
            checked,
            hugePages.toHugePages(),
            null,
            null);
    return memory.with(MemoryAccounting.of(memory));
  }

  /** Pages that were reserved of more than there are: one of the lines was damaged. */
  private static @Nullable Long managed(@Nullable Long total, @Nullable Long reserved) {
    return total == null || reserved == null || reserved > total ? null : total - reserved;
  }
}

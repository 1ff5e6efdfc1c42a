package io.oomstream.cli;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A machine's or a control group's memory in sentences. */
final class MemoryStory {

  private MemoryStory() {}

  /** The machine's totals. */
  static @Nullable String totals(EventNode memory) {
    Long swap = memory.number("swapTotalBytes");
    boolean noSwap = swap != null && swap == 0;
    return new Phrase()
        .add("", Figures.bytes(memory.number("managedBytes")), " usable")
        .add("", Figures.bytes(memory.number("freeBytes")), " free")
        .add("", noSwap ? "no swap" : null)
        .add("swap ", noSwap ? null : Figures.bytes(swap))
        .add("", noSwap ? null : Figures.bytes(memory.number("swapFreeBytes")), " of it free")
        .orNull();
  }

  /** What the kernel's check counted as free in each zone that the request could use. */
  static List<String> zones(EventNode memory) {
    List<String> zones = new ArrayList<>();
    for (EventNode zone : memory.items("zones")) {
      Long effective = zone.number("effectiveFreeBytes");
      if (effective == null) {
        continue;
      }
      Boolean belowMin = zone.flag("belowMin");
      String node = zone.text("node");
      String name = zone.text("name");
      zones.add(
          (node == null || node.equals("0") ? "" : "node " + node + " ")
              + (name == null ? "zone" : name)
              + ": "
              + new Phrase()
                  .add("", Figures.bytes(zone.number("freeBytes")), " free")
                  .add("", Figures.bytes(effective), " of it usable here")
                  .add("min ", Figures.bytes(zone.number("minBytes")))
                  .orNull()
              + (Boolean.TRUE.equals(belowMin) ? ": BELOW MIN" : ""));
    }
    return zones;
  }

  /** The group at its limit, behind a colon; empty if nothing is known of it. */
  static String groupUsage(EventNode memcg) {
    String usage =
        new Phrase()
            .add("used ", Figures.bytes(memcg.number("usageBytes")))
            .add("limit ", Figures.bytes(memcg.number("limitBytes")))
            .add("hit ", memcg.number("failCount"), " times")
            .orNull();
    return usage == null ? "" : ": " + usage;
  }
}

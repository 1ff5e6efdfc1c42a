package io.oomstream.cli.report;

import io.oomstream.diagnosis.context.Messages;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A machine's memory in sentences. */
public final class MemoryStory {

  private final EventNode memory;
  private final Messages words;

  public MemoryStory(EventNode memory, Messages words) {
    this.memory = memory;
    this.words = words;
  }

  /** The machine's totals. */
  public @Nullable String totals() {
    Long swap = memory.number("swapTotalBytes");
    boolean noSwap = swap != null && swap == 0;
    Long managed = memory.number("managedBytes");
    Long total = memory.number("totalBytes");
    Long reserved = memory.number("reservedBytes");
    return new Phrase()
        .add("", managed == null ? null : managed(managed, total, reserved))
        .add("", figure("report.free", memory.number("freeBytes")))
        .add("", noSwap ? words.text("report.no-swap") : null)
        .add("", noSwap || swap == null ? null : swap(swap))
        .orNull();
  }

  /** What became of the reserved memory since the boot; null without the boot's lines. */
  public @Nullable String boot() {
    return BootStory.inShort(memory, words);
  }

  /**
   * What the page allocator never gets is the kernel's image, its page map and what it reserved.
   */
  private String managed(long managed, @Nullable Long total, @Nullable Long reserved) {
    String of = String.valueOf(FigureText.bytes(managed));
    return total == null || reserved == null
        ? words.text("report.managed", "bytes", of)
        : words.text(
            "report.managed.of",
            "bytes",
            of,
            "total",
            String.valueOf(FigureText.bytes(total)),
            "reserved",
            String.valueOf(FigureText.bytes(reserved)));
  }

  private String swap(long swap) {
    String total = String.valueOf(FigureText.bytes(swap));
    Long free = memory.number("swapFreeBytes");
    return free == null
        ? words.text("report.swap", "total", total)
        : words.text(
            "report.swap.free", "total", total, "free", String.valueOf(FigureText.bytes(free)));
  }

  private @Nullable String figure(String key, @Nullable Long bytes) {
    return bytes == null ? null : words.text(key, "bytes", String.valueOf(FigureText.bytes(bytes)));
  }

  /** What the kernel's check counted as free in each zone that the request could use. */
  public List<String> zones(int limit) {
    List<String> zones = new ArrayList<>();
    for (EventNode zone : memory.items("zones")) {
      Long effective = zone.number("effectiveFreeBytes");
      if (effective != null && zones.size() < limit) {
        zones.add(zone(zone, effective));
      }
    }
    return zones;
  }

  private String zone(EventNode zone, long effective) {
    String node = zone.text("node");
    String name = zone.text("name");
    String verdict = zone.at("check").text("verdict");
    Long high = zone.number("highBytes");
    boolean underHigh = "PASSES".equals(verdict) && high != null && effective <= high;
    boolean below = verdict == null && Boolean.TRUE.equals(zone.flag("belowMin"));
    String key = underHigh ? "UNDER_HIGH" : below ? "BELOW_MIN" : verdict;
    return (node == null || node.equals("0") ? "" : words.text("where.node", "node", node) + " ")
        + (name == null ? words.text("report.zone") : name)
        + ": "
        + new Phrase()
            .add("", figure("report.free", zone.number("freeBytes")))
            .add("", figure("report.zone.counts", Math.max(0, effective)))
            .add("min ", FigureText.bytes(zone.number("minBytes")))
            .add("high ", underHigh ? FigureText.bytes(high) : null)
            .orNull()
        + (key == null ? "" : ": " + words.text("report.zone." + key));
  }
}

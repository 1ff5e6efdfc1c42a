package io.oomstream.cli.report;

import io.oomstream.diagnosis.context.HumanUnits;
import io.oomstream.diagnosis.context.Messages;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How to read a report: the mask in words, the order's size, who reclaims when, why low orders
 * kill, what root is let off, who shares memory, and where reserved memory went; each with this
 * event's figures, and left out where it has none.
 */
public final class ExplainStory {

  /** {@code PAGE_ALLOC_COSTLY_ORDER} of include/linux/mmzone.h. */
  private static final int COSTLY_ORDER = 3;

  private final EventNode data;
  private final Messages words;
  private final List<String> sentences = new ArrayList<>();

  private ExplainStory(EventNode data, Messages words) {
    this.data = data;
    this.words = words;
  }

  public static List<String> of(EventNode data, Messages words) {
    ExplainStory story = new ExplainStory(data, words);
    story.mask();
    story.order();
    story.marks();
    story.costly();
    story.root();
    story.sharers();
    story.reserved();
    return List.copyOf(story.sentences);
  }

  private void say(String key, Object... namesAndValues) {
    sentences.add(words.text(key, namesAndValues));
  }

  private void mask() {
    EventNode gfp = data.at("trigger").at("gfp");
    String mask = gfp.text("mask");
    Boolean mayBlock = gfp.flag("mayBlock");
    String zone = gfp.text("zone");
    if (mask == null || mayBlock == null) {
      return;
    }
    List<String> may = new ArrayList<>();
    may.add(words.text(mayBlock ? "explain.may.block" : "explain.may.not-block"));
    may.add(words.text(yes(gfp.flag("mayIo")) ? "explain.may.io" : "explain.may.not-io"));
    may.add(words.text(yes(gfp.flag("mayFs")) ? "explain.may.fs" : "explain.may.not-fs"));
    List<String> names = gfp.texts("names");
    say(
        "explain.mask",
        "mask",
        names.isEmpty() ? mask : mask + " (" + String.join("|", names) + ")",
        "may",
        String.join(words.text("list.separator"), may),
        "zone",
        zone == null ? "?" : words.text("explain.zone." + zone));
  }

  private static boolean yes(@Nullable Boolean flag) {
    return Boolean.TRUE.equals(flag);
  }

  private void order() {
    Long order = data.at("trigger").number("order");
    Long bytes = data.at("trigger").number("requestedBytes");
    Long page = data.at("host").number("pageSizeBytes");
    if (order == null || order < 0 || order > 30 || bytes == null || page == null) {
      return;
    }
    say(
        order == 0 ? "explain.order.one" : "explain.order",
        "order",
        order,
        "pages",
        1L << order,
        "page",
        HumanUnits.bytes(page),
        "bytes",
        HumanUnits.bytes(bytes));
  }

  /** Of the zone with most free memory among those that the request could use. */
  private void marks() {
    EventNode best = null;
    long most = -1;
    for (EventNode zone : data.at("memory").items("zones")) {
      Long free = zone.number("freeBytes");
      boolean eligible = zone.number("effectiveFreeBytes") != null;
      if (eligible && free != null && free > most && zone.number("highBytes") != null) {
        best = zone;
        most = free;
      }
    }
    String path = data.at("trigger").text("path");
    if (best == null) {
      return;
    }
    say(
        "explain.marks",
        "zone",
        String.valueOf(best.text("name")),
        "free",
        bytes(best, "freeBytes"),
        "usable",
        bytes(best, "effectiveFreeBytes"),
        "min",
        bytes(best, "minBytes"),
        "low",
        bytes(best, "lowBytes"),
        "high",
        bytes(best, "highBytes"),
        "asked",
        words.text(
            "KSWAPD".equals(path)
                ? "explain.asked.kswapd"
                : "DIRECT_RECLAIM".equals(path) || "PAGE_FAULT".equals(path)
                    ? "explain.asked.direct"
                    : "explain.asked.other"));
  }

  private static String bytes(EventNode node, String name) {
    Long value = node.number(name);
    return HumanUnits.bytes(value == null ? 0 : Math.max(0, value));
  }

  private void costly() {
    Long order = data.at("trigger").number("order");
    if (order != null && order >= 0) {
      say(order <= COSTLY_ORDER ? "explain.low-order" : "explain.high-order", "order", order);
    }
  }

  /**
   * 2.6.36 to 4.16 let processes with CAP_SYS_ADMIN off 3 % ({@code mm/oom_kill.c}, d46078b28889).
   */
  private void root() {
    String release = data.at("host").text("kernelRelease");
    Long uid = data.at("victim").number("uid");
    Boolean bonus = release == null ? null : hasBonus(release);
    if (bonus == null || uid == null) {
      return;
    }
    say(
        bonus ? "explain.root.bonus" : "explain.root.none",
        "release",
        String.valueOf(release),
        "uid",
        uid);
  }

  private static @Nullable Boolean hasBonus(String release) {
    String[] parts = release.split("[^0-9]+");
    if (parts.length < 2 || parts[0].isEmpty() || parts[0].length() > 4 || parts[1].length() > 4) {
      return null;
    }
    int major = Integer.parseInt(parts[0]);
    int minor = parts[1].isEmpty() ? 0 : Integer.parseInt(parts[1]);
    return major < 4 || (major == 4 && minor < 17);
  }

  private void sharers() {
    if (data.at("victim").number("pid") != null) {
      say("explain.shared-mm");
    }
  }

  private void reserved() {
    EventNode memory = data.at("memory");
    Long total = memory.number("totalBytes");
    Long reserved = memory.number("reservedBytes");
    Long managed = memory.number("managedBytes");
    if (total == null || reserved == null || managed == null) {
      return;
    }
    say(
        "explain.reserved",
        "total",
        HumanUnits.bytes(total),
        "reserved",
        HumanUnits.bytes(reserved),
        "managed",
        HumanUnits.bytes(managed));
    List<String> boot = BootStory.of(memory, words);
    if (boot.isEmpty()) {
      say("explain.reserved.no-boot");
    } else {
      sentences.addAll(boot);
    }
    unusable(memory);
  }

  /** Managed, and yet not for everyone: sums over the zones. */
  private void unusable(EventNode memory) {
    long atomic = 0;
    long lowmem = 0;
    for (EventNode zone : memory.items("zones")) {
      EventNode check = zone.at("check");
      Long kept = check.number("lowmemReserveBytes");
      Long high = zone.number("reservedHighAtomicBytes");
      lowmem += kept == null ? 0 : kept;
      atomic += high == null ? 0 : high;
    }
    Long cma = memory.number("cmaBytes");
    say(
        "explain.unusable",
        "atomic",
        HumanUnits.bytes(atomic),
        "lowmem",
        HumanUnits.bytes(lowmem),
        "cma",
        HumanUnits.bytes(cma == null ? 0 : cma));
  }
}

package io.oomstream.cli.report;

import io.oomstream.diagnosis.context.HumanUnits;
import io.oomstream.diagnosis.context.Messages;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Why the reserved memory of a report is not that of the boot, in sentences that add up. */
public final class BootStory {

  private BootStory() {}

  /** Empty for an event without the boot's lines. */
  static List<String> of(EventNode memory, Messages words) {
    EventNode boot = memory.at("boot");
    Long atBoot = boot.number("reservedBytes");
    Long total = boot.number("totalBytes");
    Long freed = boot.number("freedBytes");
    Long since = boot.number("reservedSinceBytes");
    Long now = memory.number("reservedBytes");
    if (atBoot == null || total == null || freed == null || since == null || now == null) {
      return List.of();
    }
    List<String> sentences = new ArrayList<>();
    sentences.add(
        words.text(
            "boot.reserved",
            "reserved",
            HumanUnits.bytes(atBoot),
            "total",
            HumanUnits.bytes(total),
            "freed",
            HumanUnits.bytes(freed),
            "what",
            list(boot.numbers("freed"), words, null),
            "now",
            HumanUnits.bytes(now)));
    Long moved = boot.number("totalSinceBytes");
    if (since != 0 || (moved != null && moved != 0)) {
      sentences.add(
          words.text(
              Boolean.TRUE.equals(boot.flag("balloonDriver")) ? "boot.since.balloon" : "boot.since",
              "since",
              signed(since),
              "total",
              signed(moved == null ? 0 : moved)));
    }
    Long unnamed = boot.number("unnamedBytes");
    sentences.add(
        words.text(
            "boot.parts",
            "parts",
            list(boot.numbers("reservedParts"), words, "boot.part."),
            "unnamed",
            HumanUnits.bytes(unnamed == null ? 0 : unnamed)));
    Long cma = boot.number("cmaReservedBytes");
    if (cma != null && cma > 0) {
      sentences.add(words.text("boot.cma", "bytes", HumanUnits.bytes(cma)));
    }
    Long huge = boot.number("hugePageBytes");
    if (huge != null && huge > 0) {
      sentences.add(words.text("boot.huge-pages", "bytes", HumanUnits.bytes(huge)));
    }
    return sentences;
  }

  /** In a line; null for an event without the boot's lines. */
  public static @Nullable String inShort(EventNode memory, Messages words) {
    EventNode boot = memory.at("boot");
    Long atBoot = boot.number("reservedBytes");
    Long freed = boot.number("freedBytes");
    Long since = boot.number("reservedSinceBytes");
    Long now = memory.number("reservedBytes");
    return atBoot == null || freed == null || since == null || now == null
        ? null
        : words.text(
            since == 0 ? "boot.short" : "boot.short.since",
            "reserved",
            HumanUnits.bytes(atBoot),
            "freed",
            HumanUnits.bytes(freed),
            "since",
            signed(since),
            "now",
            HumanUnits.bytes(now));
  }

  private static String signed(long bytes) {
    return (bytes < 0 ? "-" : "+") + HumanUnits.bytes(Math.abs(bytes));
  }

  private static String list(Map<String, Long> parts, Messages words, @Nullable String names) {
    List<String> texts = new ArrayList<>();
    parts.forEach(
        (name, bytes) -> {
          String key = names == null ? "" : names + name;
          String label = words.has(key) ? words.text(key) : name.replace('_', ' ');
          texts.add(label + " " + HumanUnits.bytes(bytes));
        });
    return texts.isEmpty()
        ? words.text("fact.none")
        : String.join(words.text("list.separator"), texts);
  }
}

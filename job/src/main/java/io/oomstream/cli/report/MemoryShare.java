package io.oomstream.cli.report;

import io.oomstream.diagnosis.context.HumanUnits;
import io.oomstream.diagnosis.context.Messages;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A share of the memory that ran out: the machine's, or a control group's.
 *
 * @param name of the accounting or of memory.stat
 * @param share 0 to 1
 */
public record MemoryShare(String name, long bytes, double share) {

  /** Smaller ones say nothing. */
  private static final double LEAST = 0.0005;

  /** Those of a group's counters that hold no page of another. */
  private static final List<String> GROUP_KERNEL =
      List.of("slab", "kernel_stack", "pagetables", "sec_pagetables", "percpu", "sock", "vmalloc");

  /** The shares of an event, biggest first; empty where it holds none. */
  static List<MemoryShare> of(EventNode data) {
    EventNode memory = data.at("memory");
    EventNode accounting = memory.at("accounting");
    if (accounting.isPresent()) {
      Map<String, Long> parts = accounting.numbers("shares");
      Long unaccounted = accounting.number("unaccountedBytes");
      if (unaccounted != null) {
        parts.put("unaccounted", unaccounted);
      }
      return shares(parts, memory.number("managedBytes"));
    }
    EventNode memcg = data.at("memcg");
    EventNode ofGroup = memcg.at("accounting");
    if (ofGroup.isPresent()) {
      Map<String, Long> parts = ofGroup.numbers("shares");
      Long unaccounted = ofGroup.number("unaccountedBytes");
      if (unaccounted != null) {
        parts.put("unaccounted", unaccounted);
      }
      return shares(parts, memcg.number("usageBytes"));
    }
    return shares(partsOfGroup(memcg.at("stats").numbers("bytes")), memcg.number("usageBytes"));
  }

  /** Of memory.stat: file pages hold the shared ones. Version 1 has other names. */
  private static Map<String, Long> partsOfGroup(Map<String, Long> stats) {
    Map<String, Long> parts = new LinkedHashMap<>();
    Long anon = stats.containsKey("anon") ? stats.get("anon") : stats.get("rss");
    Long file = stats.containsKey("file") ? stats.get("file") : stats.get("cache");
    Long shmem = stats.get("shmem");
    if (anon != null) {
      parts.put("anon", anon);
    }
    if (file != null) {
      parts.put("file", Math.max(0, file - (shmem == null ? 0 : shmem)));
    }
    if (shmem != null) {
      parts.put("shmem", shmem);
    }
    for (String name : GROUP_KERNEL) {
      Long bytes = stats.get(name);
      if (bytes != null) {
        parts.put(name, bytes);
      }
    }
    return parts;
  }

  private static List<MemoryShare> shares(Map<String, Long> parts, @Nullable Long whole) {
    if (whole == null || whole <= 0) {
      return List.of();
    }
    List<MemoryShare> shares = new ArrayList<>();
    parts.forEach(
        (name, bytes) -> {
          double share = (double) bytes / whole;
          if (Math.abs(share) >= LEAST) {
            shares.add(new MemoryShare(name, bytes, share));
          }
        });
    shares.sort(Comparator.comparingLong(MemoryShare::bytes).reversed());
    return shares;
  }

  /** {@code page tables 66.6 %}. */
  String words(Messages words) {
    return label(words) + " " + HumanUnits.percent(share);
  }

  private String label(Messages words) {
    return words.has("share." + name) ? words.text("share." + name) : FigureText.words(name);
  }

  /** All of an event, the biggest first; null where it holds none. */
  public static @Nullable String sentence(EventNode data, Messages words) {
    List<MemoryShare> shares = of(data);
    return shares.isEmpty()
        ? null
        : String.join(
            words.text("list.separator"), shares.stream().map(s -> s.words(words)).toList());
  }
}

package io.oomstream.diagnosis.cause;

import io.oomstream.block.cgroup.MemcgAccounting;
import io.oomstream.diagnosis.context.BlockLines;
import io.oomstream.diagnosis.context.DiagnosisContext;
import io.oomstream.diagnosis.context.Facts;
import io.oomstream.diagnosis.context.HumanUnits;
import io.oomstream.event.section.Evidence;
import io.oomstream.event.section.Memcg;
import io.oomstream.event.section.Memory;
import io.oomstream.kernel.LineRule;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a control group's memory was used for: the largest parts, and what is in none of them. */
final class MemcgParts {

  private static final int SHOWN = 3;

  /** Smaller parts say nothing. */
  private static final double LEAST = 0.01;

  private MemcgParts() {}

  /** Sentences, whose figures go to the evidence; empty where the block has no statistics. */
  static List<String> sentences(
      DiagnosisContext c, @Nullable Memcg memcg, List<Evidence> evidence) {
    Long usage = memcg == null ? null : memcg.usageBytes();
    Memory.Accounting accounting = memcg == null ? null : memcg.accounting();
    if (memcg == null || accounting == null || usage == null || usage <= 0) {
      return List.of();
    }
    List<String> sentences = new ArrayList<>();
    List<String> words = new ArrayList<>();
    for (Map.Entry<String, Long> part : largest(accounting.shares())) {
      if (words.size() < SHOWN && part.getValue() >= usage * LEAST) {
        String name = c.say("part." + part.getKey());
        words.add(
            c.say(
                "cause.memcg.part",
                "part",
                name,
                "bytes",
                HumanUnits.bytes(part.getValue()),
                "share",
                HumanUnits.percent((double) part.getValue() / usage)));
        evidence.add(
            Facts.bytes(
                c.say("fact.group.parts", "part", name),
                part.getValue(),
                line(c, memcg, part.getKey())));
      }
    }
    if (!words.isEmpty()) {
      sentences.add(
          c.say("cause.memcg.parts", "parts", String.join(c.say("list.separator"), words)));
    }
    Long cached = accounting.shares().get("swapcached");
    if (cached != null && cached >= usage * c.thresholds().uses().memcgShare()) {
      sentences.add(c.say("cause.memcg.swapcached", "bytes", HumanUnits.bytes(cached)));
    }
    rest(c, accounting, usage, sentences);
    return sentences;
  }

  /** More than usage and statistics may differ by. */
  private static void rest(
      DiagnosisContext c, Memory.Accounting accounting, long usage, List<String> sentences) {
    Long rest = accounting.unaccountedBytes();
    if (rest != null && rest > MemcgAccounting.slack(usage)) {
      sentences.add(
          c.say(
              "cause.memcg.rest",
              "bytes",
              HumanUnits.bytes(rest),
              "share",
              HumanUnits.percent((double) rest / usage)));
    }
  }

  private static @Nullable String line(DiagnosisContext c, Memcg memcg, String part) {
    String statistic =
        switch (part) {
          case "anon" -> memcg.stats().bytes().containsKey("anon") ? "anon" : "rss";
          case "file" -> memcg.stats().bytes().containsKey("file") ? "file" : "cache";
          case "slab" -> memcg.stats().bytes().containsKey("slab") ? "slab" : "slab_unreclaimable";
          default -> part;
        };
    return part.equals("kernel") && !memcg.stats().bytes().containsKey("kernel")
        ? c.block().lineOf(LineRule.MEMCG_KMEM)
        : BlockLines.ofStatistic(c.block(), statistic);
  }

  private static List<Map.Entry<String, Long>> largest(Map<String, Long> shares) {
    return shares.entrySet().stream()
        .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
        .toList();
  }
}

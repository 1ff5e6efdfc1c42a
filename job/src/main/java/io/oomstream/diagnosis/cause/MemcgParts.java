package io.oomstream.diagnosis.cause;

import io.oomstream.diagnosis.context.BlockLines;
import io.oomstream.diagnosis.context.DiagnosisContext;
import io.oomstream.diagnosis.context.Facts;
import io.oomstream.diagnosis.context.HumanUnits;
import io.oomstream.event.section.Evidence;
import io.oomstream.event.section.Memcg;
import io.oomstream.kernel.Section;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a control group's memory was used for, the largest parts. */
final class MemcgParts {

  private static final int SHOWN = 3;

  /** Smaller parts say nothing. */
  private static final double LEAST = 0.01;

  private record Part(String name, long bytes) {}

  private MemcgParts() {}

  /** The sentence, whose figures go to the evidence; empty where the report has no statistics. */
  static Optional<String> sentence(
      DiagnosisContext c, @Nullable Memcg memcg, List<Evidence> evidence) {
    Long usage = memcg == null ? null : memcg.usageBytes();
    if (memcg == null || usage == null || usage <= 0) {
      return Optional.empty();
    }
    List<String> words = new ArrayList<>();
    for (Part part : parts(memcg.stats())) {
      if (words.size() < SHOWN && part.bytes() >= usage * LEAST) {
        String name = c.say("part." + part.name());
        double share = (double) part.bytes() / usage;
        words.add(
            c.say(
                "cause.memcg.part",
                "part",
                name,
                "bytes",
                HumanUnits.bytes(part.bytes()),
                "share",
                HumanUnits.percent(share)));
        evidence.add(
            Facts.bytes(
                c.say("fact.group.parts", "part", name),
                part.bytes(),
                BlockLines.containing(c.block(), Section.MEMCG_STATS, part.name())));
      }
    }
    return words.isEmpty()
        ? Optional.empty()
        : Optional.of(
            c.say("cause.memcg.parts", "parts", String.join(c.say("list.separator"), words)));
  }

  /** Apart from each other, largest first: shmem is in file, and cache in version 1. */
  private static List<Part> parts(Map<String, Long> stats) {
    List<Part> parts = new ArrayList<>();
    add(parts, stats, stats.containsKey("anon") ? "anon" : "rss", 0);
    String file = stats.containsKey("file") ? "file" : "cache";
    Long shmem = stats.get("shmem");
    add(parts, stats, file, shmem == null ? 0 : shmem);
    add(parts, stats, "shmem", 0);
    if (stats.containsKey("kernel")) {
      add(parts, stats, "kernel", 0);
    } else {
      for (String kernel : List.of("slab", "kernel_stack", "pagetables", "percpu", "vmalloc")) {
        add(parts, stats, kernel, 0);
      }
    }
    add(parts, stats, "sock", 0);
    parts.sort(Comparator.comparingLong(Part::bytes).reversed());
    return parts;
  }

  private static void add(List<Part> parts, Map<String, Long> stats, String name, long less) {
    Long bytes = stats.get(name);
    if (bytes != null) {
      parts.add(new Part(name, Math.max(0, bytes - less)));
    }
  }
}

package io.oomstream.block.memory;

import io.oomstream.event.section.Memory;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What became of the boot's reserved memory until a block, in figures that add up: reserved at
 * boot, less what was given back since, and what else changed, is reserved now; its named parts and
 * the rest are that, too.
 */
public final class BootMemory {

  /** Parts of the kernel's image, which are never given back. */
  private static final List<String> IMAGE =
      List.of("kernelCode", "kernelData", "kernelReadOnlyData", "kernelBss");

  /** {@code sizeof(struct page)} of 64-bit kernels, include/linux/mm_types.h. */
  private static final long PAGE_STRUCT = 64;

  private BootMemory() {}

  /** Null where the boot's lines or the block's totals are not known. */
  public static Memory.@Nullable Boot of(
      BootFacts facts, @Nullable Memory memory, @Nullable Long pageSize) {
    return memory == null ? null : of(facts, memory.totalBytes(), memory.reservedBytes(), pageSize);
  }

  /** Likewise, of the two totals of a block. */
  public static Memory.@Nullable Boot of(
      BootFacts facts, @Nullable Long totalNow, @Nullable Long now, @Nullable Long pageSize) {
    Long total = facts.get(BootFacts.TOTAL);
    Long reserved = facts.get(BootFacts.RESERVED);
    if (total == null || reserved == null || now == null || totalNow == null) {
      return null;
    }
    long freed = facts.freedBytes();
    Map<String, Long> parts = parts(facts, totalNow, pageSize, now);
    long named = parts.values().stream().mapToLong(Long::longValue).sum();
    return new Memory.Boot(
        total,
        reserved,
        facts.get(BootFacts.AVAILABLE),
        facts.get(BootFacts.CMA_RESERVED),
        facts.get(BootFacts.HUGE_PAGES),
        new LinkedHashMap<>(new java.util.TreeMap<>(facts.freed())),
        freed,
        now - (reserved - freed),
        totalNow - total,
        parts,
        now - named,
        facts.get(BootFacts.BALLOON_DRIVER) == null ? null : Boolean.TRUE);
  }

  /** Never more than is reserved: an estimate that does not fit is none. */
  private static Map<String, Long> parts(
      BootFacts facts, long total, @Nullable Long pageSize, long reserved) {
    Map<String, Long> parts = new LinkedHashMap<>();
    long left = reserved;
    for (String name : IMAGE) {
      left = put(parts, name, facts.get(name), left);
    }
    left = put(parts, "crashKernel", facts.get(BootFacts.CRASH_KERNEL), left);
    left = put(parts, "softwareIoTlb", facts.get("softwareIoTlb"), left);
    left = put(parts, "logBuffer", facts.get("logBuffer"), left);
    left = put(parts, "hashTables", facts.get("hashTables"), left);
    Long cpus = facts.get("cpus:nr_cpu_ids:");
    cpus = cpus == null ? facts.get("cpus:CPUs=") : cpus;
    Long each = facts.get("perCpuEach");
    left = put(parts, "perCpu", each == null || cpus == null ? null : each * cpus, left);
    boolean wide = facts.get("highMemory") == null;
    Long structs = pageSize == null || !wide ? null : Long.valueOf(total / pageSize * PAGE_STRUCT);
    put(parts, "pageStructs", structs, left);
    return parts;
  }

  private static long put(Map<String, Long> parts, String name, @Nullable Long bytes, long left) {
    if (bytes == null || bytes <= 0 || bytes > left) {
      return left;
    }
    parts.put(name, bytes);
    return left - bytes;
  }
}

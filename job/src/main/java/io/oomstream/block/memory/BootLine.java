package io.oomstream.block.memory;

import io.oomstream.block.text.Digits;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A line of the boot that says what becomes of memory.
 *
 * @param figures bytes by name
 * @param freed whether it gives reserved memory back
 */
record BootLine(Map<String, Long> figures, boolean freed) {

  private static final long KIB = 1 << 10;
  private static final long MIB = 1 << 20;

  /** More than any machine has. */
  private static final long MOST = 1L << 52;

  /** Null for a line of another kind. */
  static @Nullable BootLine parse(String text) {
    if (text.isEmpty()) {
      return null;
    }
    return switch (text.charAt(0)) {
      case 'M' -> text.startsWith("Memory: ") ? totals(text) : null;
      case 'F' -> text.startsWith("Freeing ") ? freed(text) : null;
      case 'R' -> text.contains(" for crashkernel") ? crashKernelOld(text) : null;
      case 'c' -> text.startsWith("crashkernel ") ? crashKernel(text) : null;
      case 'H' -> text.startsWith("HugeTLB") ? hugePages(text) : null;
      case 's' -> early(text);
      case 'p', 'P' ->
          text.regionMatches(true, 0, "percpu: Embedded ", 0, 17) ? perCpu(text) : logBuffer(text);
      case 'l' -> logBuffer(text);
      case 'D', 'I' -> hashTable(text);
      case 'S' -> text.startsWith("SLUB: ") ? count(text, "CPUs=") : null;
      case 'h', 'x', 'V', 'v' -> balloon(text);
      default -> null;
    };
  }

  /**
   * {@code Memory: 212204K/785888K available (12296K kernel code, … 83968K reserved, 0K
   * cma-reserved)} ({@code mm/mm_init.c: mem_init_print_info}; per architecture up to 3.10).
   */
  private static @Nullable BootLine totals(String text) {
    int slash = text.indexOf('/');
    int end = text.indexOf(" available", slash + 1);
    Long available = slash < 0 ? null : kib(text, "Memory: ".length());
    Long total = slash < 0 || end < 0 ? null : kib(text, slash + 1);
    if (available == null || total == null) {
      return null;
    }
    Map<String, Long> figures = new HashMap<>();
    for (String part : text.substring(end + " available".length()).split("[(),]")) {
      String words = part.strip();
      Long bytes = kib(words, 0);
      int name = words.indexOf(' ');
      if (bytes != null && name > 0) {
        String known = nameOf(words.substring(name + 1).strip());
        if (known != null) {
          figures.putIfAbsent(known, bytes);
        }
      }
    }
    // Old kernels count the holes between the pages too.
    Long absent = figures.remove("absent");
    figures.put(BootFacts.TOTAL, absent == null ? total : Long.valueOf(total - absent));
    figures.put(BootFacts.AVAILABLE, available);
    return figures.containsKey(BootFacts.RESERVED) ? new BootLine(figures, false) : null;
  }

  private static @Nullable String nameOf(String words) {
    return switch (words) {
      case "kernel code" -> "kernelCode";
      case "rwdata", "data" -> "kernelData";
      case "rodata" -> "kernelReadOnlyData";
      case "bss" -> "kernelBss";
      case "init" -> "kernelInit";
      case "reserved" -> BootFacts.RESERVED;
      case "cma-reserved" -> BootFacts.CMA_RESERVED;
      case "highmem" -> "highMemory";
      case "absent" -> "absent";
      default -> null;
    };
  }

  /**
   * {@code Freeing initrd memory: 1684K}, with {@code freed} behind it up to 3.x ({@code
   * mm/page_alloc.c: free_reserved_area}).
   */
  private static @Nullable BootLine freed(String text) {
    int colon = text.indexOf(": ");
    Long bytes = colon < 0 ? null : kib(text, colon + 2);
    if (bytes == null) {
      return null;
    }
    String name = text.substring("Freeing ".length(), colon);
    String words = name.endsWith(" memory") ? name.substring(0, name.length() - 7) : name;
    return new BootLine(Map.of(keyOf(words), bytes), true);
  }

  /** A name of letters, digits and {@code _}. */
  private static String keyOf(String words) {
    StringBuilder key = new StringBuilder();
    for (char c : words.toLowerCase(Locale.ROOT).toCharArray()) {
      boolean plain = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
      if (plain) {
        key.append(c);
      } else if (!key.isEmpty() && key.charAt(key.length() - 1) != '_') {
        key.append('_');
      }
    }
    while (!key.isEmpty() && key.charAt(key.length() - 1) == '_') {
      key.setLength(key.length() - 1);
    }
    return key.isEmpty() ? "other" : key.toString();
  }

  /** {@code Reserving 256MB of memory at 640MB for crashkernel (System RAM: 32767MB)}, x86. */
  private static @Nullable BootLine crashKernelOld(String text) {
    Long mib = text.startsWith("Reserving ") ? Digits.at(text, "Reserving ".length()) : null;
    return mib != null && text.startsWith("MB", Digits.end(text, "Reserving ".length()))
        ? of(BootFacts.CRASH_KERNEL, times(mib, MIB))
        : null;
  }

  /** {@code crashkernel reserved: 0x9f000000 - 0xdf000000 (1024 MB)} ({@code crash_reserve.c}). */
  private static @Nullable BootLine crashKernel(String text) {
    int open = text.lastIndexOf('(');
    Long mib = open < 0 || !text.contains("reserved") ? null : Digits.at(text, open + 1);
    return mib != null && text.indexOf("MB)", open) > 0
        ? of(BootFacts.CRASH_KERNEL, times(mib, MIB))
        : null;
  }

  /** {@code HugeTLB: registered 2.00 MiB page size, pre-allocated 512 pages}. */
  private static @Nullable BootLine hugePages(String text) {
    int size = text.indexOf("registered ");
    int count = text.indexOf("pre-allocated ");
    Long whole = size < 0 ? null : Digits.at(text, size + 11);
    Long pages = count < 0 ? null : Digits.at(text, count + 14);
    int unit = size < 0 ? -1 : text.indexOf(' ', size + 11);
    if (whole == null || pages == null || unit < 0) {
      return null;
    }
    long factor =
        switch (text.charAt(unit + 1)) {
          case 'G' -> 1L << 30;
          case 'M' -> MIB;
          default -> KIB;
        };
    Long each = times(whole, factor);
    Long bytes = each == null ? null : times(pages, each);
    return bytes == null || bytes == 0 ? null : of(BootFacts.HUGE_PAGES, bytes);
  }

  /**
   * {@code software IO TLB: mapped [mem …] (64MB)}, up to 4.19 {@code software IO TLB [mem …]
   * (64MB) mapped at […]}; {@code setup_percpu: … nr_cpu_ids:2 …}.
   */
  private static @Nullable BootLine early(String text) {
    if (text.startsWith("software IO TLB") && text.contains("mapped ")) {
      int open = text.lastIndexOf('(');
      Long mib = open < 0 ? null : Digits.at(text, open + 1);
      return mib == null || text.indexOf("MB)", open) < 0
          ? null
          : of("softwareIoTlb", times(mib, MIB));
    }
    return text.startsWith("setup_percpu: ") ? count(text, "nr_cpu_ids:") : null;
  }

  /** {@code percpu: Embedded 63 pages/cpu s221184 r8192 d28672 u1048576}: bytes of one CPU. */
  private static @Nullable BootLine perCpu(String text) {
    Long bytes = 0L;
    for (String name : new String[] {" s", " r", " d"}) {
      int at = text.indexOf(name, text.indexOf("/cpu"));
      Long part = at < 0 ? null : Digits.at(text, at + 2);
      bytes = part == null || bytes == null ? null : Long.valueOf(bytes + part);
    }
    return of("perCpuEach", bytes);
  }

  /**
   * {@code printk: log_buf_len: 4194304 bytes}, a buffer in place of the one in the kernel's image.
   */
  private static @Nullable BootLine logBuffer(String text) {
    int at = text.indexOf("log_buf_len: ");
    Long bytes = at < 0 ? null : Digits.at(text, at + 13);
    return bytes == null || !text.startsWith(" bytes", Digits.end(text, at + 13))
        ? null
        : of("logBuffer", bytes);
  }

  /**
   * {@code Dentry cache hash table entries: 131072 (order: 8, 1048576 bytes, linear)}. With several
   * nodes the tables are made later, of managed memory: {@code vmalloc}.
   */
  private static @Nullable BootLine hashTable(String text) {
    boolean known = text.startsWith("Dentry cache hash") || text.startsWith("Inode-cache hash");
    int bytes = known && !text.contains("vmalloc") ? text.indexOf(" bytes") : -1;
    int from = bytes < 0 ? -1 : text.lastIndexOf(' ', bytes - 1);
    return from < 0 ? null : of("hashTables", Digits.at(text, from + 1));
  }

  private static @Nullable BootLine count(String text, String name) {
    int at = text.indexOf(name);
    Long value = at < 0 ? null : Digits.at(text, at + name.length());
    return value == null || value <= 0 ? null : of("cpus:" + name, value);
  }

  private static @Nullable BootLine balloon(String text) {
    boolean driver =
        text.startsWith("hv_balloon: ")
            || text.startsWith("xen:balloon: ")
            || text.startsWith("virtio_balloon ")
            || text.startsWith("VMware memory control driver");
    return driver ? of(BootFacts.BALLOON_DRIVER, 1L) : null;
  }

  private static @Nullable BootLine of(String name, @Nullable Long value) {
    return value == null || value < 0 || value > MOST
        ? null
        : new BootLine(Map.of(name, value), false);
  }

  private static @Nullable Long kib(String text, int at) {
    Long number = Digits.at(text, at);
    int end = Digits.end(text, at);
    boolean unit =
        number != null
            && end < text.length()
            && (text.charAt(end) == 'K' || text.charAt(end) == 'k');
    return number != null && unit ? times(number, KIB) : null;
  }

  private static @Nullable Long times(long a, long b) {
    Long product = Digits.times(a, b);
    return product == null || product > MOST ? null : product;
  }
}

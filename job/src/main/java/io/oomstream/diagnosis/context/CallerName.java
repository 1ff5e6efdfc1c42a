package io.oomstream.diagnosis.context;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The function that asked for memory: the first of a trace that is not the allocator's own. */
public final class CallerName {

  private static final String UNRELIABLE = "? ";

  /**
   * Beginnings of the names in mm/page_alloc.c, mm/mempolicy.c, mm/slub.c, mm/vmalloc.c,
   * lib/dump_stack.c.
   */
  private static final List<String> ALLOCATOR =
      List.of(
          "dump_stack",
          "__dump_stack",
          "dump_backtrace",
          "show_stack",
          "unwind_backtrace",
          "warn_alloc",
          "__alloc_pages",
          "alloc_pages",
          "alloc_page",
          "__alloc_frozen_pages",
          "alloc_frozen_pages",
          "get_page_from_freelist",
          "__get_free_pages",
          "get_free_pages",
          "get_zeroed_page",
          "___kmalloc",
          "__kmalloc",
          "kmalloc",
          "kzalloc",
          "kmem_cache_alloc",
          "kmem_getpages",
          "cache_grow",
          "cache_alloc_refill",
          "fallback_alloc",
          "____cache_alloc",
          "new_slab",
          "allocate_slab",
          "alloc_slab_page",
          "___slab_alloc",
          "__slab_alloc",
          "slab_alloc",
          "slab_out_of_memory",
          "__folio_alloc",
          "folio_alloc",
          "vma_alloc_folio",
          "krealloc",
          "__krealloc",
          "__do_krealloc",
          "__kmem_cache_alloc",
          "__vmalloc",
          "vmalloc",
          "vzalloc",
          "vm_area_alloc_pages",
          "kvmalloc",
          "__kvmalloc",
          "debug_show",
          "asm_",
          "__warn");

  /** Where a program or an interrupt enters the kernel, and where its threads begin: none asks. */
  private static final List<String> ENTRIES =
      List.of(
          "do_syscall_",
          "entry_",
          "system_call",
          "ret_from_",
          "ret_fast_",
          "el0",
          "do_el0",
          "invoke_syscall",
          "x64_sys_call",
          "kthread");

  private CallerName() {}

  /** Null where the trace does not hold one. */
  public static @Nullable String of(List<String> trace) {
    boolean inAllocator = false;
    for (String frame : trace) {
      if (frame.startsWith(UNRELIABLE)) {
        continue;
      }
      String name = base(frame);
      if (isAllocator(name)) {
        inAllocator = true;
      } else if (inAllocator) {
        return ENTRIES.stream().anyMatch(name::startsWith) ? null : name;
      }
    }
    return null;
  }

  private static boolean isAllocator(String name) {
    return ALLOCATOR.stream().anyMatch(name::startsWith);
  }

  /** Without what compilers append: {@code .isra.0}, {@code .constprop.1}, {@code _noprof}. */
  public static String base(String frame) {
    int dot = frame.indexOf('.', 1);
    String name = dot < 0 ? frame : frame.substring(0, dot);
    return name.endsWith("_noprof") ? name.substring(0, name.length() - "_noprof".length()) : name;
  }
}

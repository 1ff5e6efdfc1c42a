package io.oomstream.kernel;

import static io.oomstream.kernel.Role.AFTER;
import static io.oomstream.kernel.Role.BODY;
import static io.oomstream.kernel.Role.CLOSES;
import static io.oomstream.kernel.Role.CONTEXT;
import static io.oomstream.kernel.Role.OPENS;
import static io.oomstream.kernel.Role.STANDALONE;
import static io.oomstream.kernel.Role.TAIL;
import static io.oomstream.kernel.Shape.contains;
import static io.oomstream.kernel.Shape.numberThen;
import static io.oomstream.kernel.Shape.scanned;
import static io.oomstream.kernel.Shape.startsWith;

/**
 * The grammar: one rule for each line shape of the kernel. The first rule that fits, in this order,
 * has the line. To support a new line: one rule here, one fixture.
 */
public enum LineRule {
  SYSRQ_OOM(
      BODY,
      Section.SYSRQ,
      contains("Manual OOM execution"),
      "drivers/tty/sysrq.c: sysrq_handle_moom"),

  INVOKED(
      OPENS,
      Section.INVOCATION,
      contains(" invoked oom-killer: gfp_mask="),
      "mm/oom_kill.c: dump_header, 2.6.18+"),
  COMPACTION_DISABLED(
      BODY,
      Section.INVOCATION,
      startsWith("COMPACTION is disabled!!!"),
      "mm/oom_kill.c: dump_header, 4.7+"),

  PAGE_ALLOCATION_FAILURE(
      OPENS, Section.FAILURE, contains(": page allocation failure"), "mm/page_alloc.c: warn_alloc"),
  PAGE_ALLOCATION_STALL(
      OPENS,
      Section.FAILURE,
      contains(": page allocation stalls for "),
      "mm/page_alloc.c: __alloc_pages_slowpath, 4.9-4.14"),
  VMALLOC_FAILURE(
      OPENS,
      Section.FAILURE,
      contains(": vmalloc", ", mode:0x"),
      "mm/vmalloc.c: __vmalloc_node_range, __vmalloc_area_node"),
  VMAP_FAILURE(
      STANDALONE,
      Section.LIMIT,
      contains("vmap allocation for size "),
      "mm/vmalloc.c: alloc_vmap_area"),

  // Before the lines that a hostile comm could imitate: a summary may hold any bytes behind task=.
  SUMMARY(
      BODY,
      Section.SUMMARY,
      startsWith("oom-kill:constraint="),
      "mm/oom_kill.c: dump_oom_summary, 5.0+"),

  NO_KILLABLE(
      CLOSES,
      Section.KILL,
      startsWith("Out of memory and no killable processes..."),
      "mm/oom_kill.c: out_of_memory, 4.20+"),
  PANIC(
      CLOSES,
      Section.PANIC,
      startsWith("Kernel panic - not syncing: ", "ut of memory"),
      "mm/oom_kill.c: check_panic_on_oom"),
  PANIC_DEADLOCKED(
      CLOSES,
      Section.PANIC,
      startsWith("Kernel panic - not syncing: System is deadlocked on memory"),
      "mm/oom_kill.c: out_of_memory, 4.20+"),
  GROUP_KILL(
      AFTER,
      Section.GROUP_KILL,
      startsWith("Tasks in ", " are going to be killed due to memory.oom.group set"),
      "mm/memcontrol.c: mem_cgroup_print_oom_group, 4.19+"),
  VICTIM_EXITING(
      CLOSES,
      Section.KILL,
      contains("OOM victim ", " is already exiting. Skip killing the task"),
      "mm/oom_kill.c: __oom_kill_process, 5.9+"),
  REAPED(
      AFTER,
      Section.REAPER,
      startsWith("oom_reaper: reaped process "),
      "mm/oom_kill.c: oom_reap_task_mm, 4.6+"),
  UNABLE_TO_REAP(
      AFTER,
      Section.REAPER,
      startsWith("oom_reaper: unable to reap pid:"),
      "mm/oom_kill.c: oom_reap_task, 4.6+"),
  KILL_SHARING(
      AFTER,
      Section.KILL,
      startsWith("Kill process ", " sharing same memory"),
      "mm/oom_kill.c: oom_kill_process, 3.0-4.7"),
  MM_PINNED(
      AFTER,
      Section.KILL,
      startsWith("oom killer ", " has mm pinned by "),
      "mm/oom_kill.c: __oom_kill_process, 4.7+"),

  TASK_ROW(BODY, Section.TASKS, scanned(LineScanner.TASK_ROW), "mm/oom_kill.c: dump_task"),
  TASK_HEADER(BODY, Section.TASKS, scanned(LineScanner.TASK_HEADER), "mm/oom_kill.c: dump_tasks"),
  TASKS_TITLE(
      BODY,
      Section.TASKS,
      startsWith("Tasks state (memory values in pages):"),
      "mm/oom_kill.c: dump_tasks, 4.19+"),

  KILLED(CLOSES, Section.KILL, scanned(LineScanner.KILLED), "mm/oom_kill.c: __oom_kill_process"),
  KILL_SCORE(
      BODY,
      Section.KILL,
      contains(": Kill process ", " score "),
      "mm/oom_kill.c: oom_kill_process, 2.6.36-5.0"),
  KILL_SCORE_OLD(
      BODY,
      Section.KILL,
      contains(": kill process ", " score "),
      "mm/oom_kill.c: oom_kill_process, up to 2.6.35"),
  KILLED_TAIL(
      TAIL,
      Section.KILL,
      contains(") total-vm:", "kB, anon-rss:"),
      "mm/oom_kill.c: __oom_kill_process, behind a newline in the name"),

  CPU_HEADER(
      CONTEXT,
      Section.STACK_HEADER,
      startsWith("CPU: ", " PID: ", " Comm: "),
      "lib/dump_stack.c: dump_stack_print_info, 3.10+"),
  PID_HEADER(
      CONTEXT,
      Section.STACK_HEADER,
      startsWith("Pid: ", ", comm: "),
      "arch/x86/kernel: show_regs_common, up to 3.9"),
  TAINTED(
      CONTEXT,
      Section.STACK_HEADER,
      startsWith("Tainted: ["),
      "lib/dump_stack.c: dump_stack_print_info, 6.11+"),
  HARDWARE(
      CONTEXT,
      Section.STACK_HEADER,
      startsWith("Hardware name: "),
      "lib/dump_stack.c: dump_stack_print_info, 3.10+"),
  WORKQUEUE(
      CONTEXT,
      Section.STACK_HEADER,
      startsWith("Workqueue: "),
      "kernel/workqueue.c: print_worker_info, 3.11+"),

  CALL_TRACE(
      CONTEXT,
      Section.CALL_TRACE,
      startsWith("Call Trace:"),
      "arch/x86/kernel/dumpstack.c: show_trace_log_lvl"),
  CALL_TRACE_ARM(
      CONTEXT,
      Section.CALL_TRACE,
      startsWith("Call trace:"),
      "arch/arm64/kernel/stacktrace.c: dump_backtrace"),
  BACKTRACE(
      CONTEXT,
      Section.CALL_TRACE,
      startsWith("Backtrace: "),
      "arch/arm/kernel/traps.c: dump_backtrace"),
  TRACE_TASK(
      CONTEXT,
      Section.CALL_TRACE,
      startsWith(" <TASK>"),
      "arch/x86/kernel/dumpstack_64.c: stack_type_name, 5.17+"),
  TRACE_TASK_END(
      CONTEXT,
      Section.CALL_TRACE,
      startsWith(" </TASK>"),
      "arch/x86/kernel/dumpstack_64.c: stack_type_name, 5.17+"),
  TRACE_IRQ(
      CONTEXT,
      Section.CALL_TRACE,
      startsWith(" <IRQ>"),
      "arch/x86/kernel/dumpstack_64.c: stack_type_name"),
  TRACE_IRQ_END(
      CONTEXT,
      Section.CALL_TRACE,
      startsWith(" </IRQ>"),
      "arch/x86/kernel/dumpstack_64.c: stack_type_name"),
  FRAME(CONTEXT, Section.CALL_TRACE, scanned(LineScanner.FRAME), "lib/vsprintf.c: symbol_string"),
  RAW_STACK(
      CONTEXT,
      Section.CALL_TRACE,
      scanned(LineScanner.RAW_STACK),
      "arch/x86/kernel/dumpstack_64.c: show_stack_log_lvl, up to 4.8"),

  RIP(CONTEXT, Section.REGISTERS, startsWith("RIP: "), "arch/x86/kernel/dumpstack.c: show_ip"),
  EIP(CONTEXT, Section.REGISTERS, startsWith("EIP: "), "arch/x86/kernel/process_32.c: __show_regs"),
  CODE(
      CONTEXT,
      Section.REGISTERS,
      startsWith("Code: "),
      "arch/x86/kernel/dumpstack.c: show_opcodes, 5.x+"),
  RSP(CONTEXT, Section.REGISTERS, startsWith("RSP: "), "arch/x86/kernel/process_64.c: __show_regs"),
  RAX(
      CONTEXT,
      Section.REGISTERS,
      startsWith("RAX: ", " RBX: "),
      "arch/x86/kernel/process_64.c: __show_regs"),
  RDX(
      CONTEXT,
      Section.REGISTERS,
      startsWith("RDX: ", " RSI: "),
      "arch/x86/kernel/process_64.c: __show_regs"),
  RBP(
      CONTEXT,
      Section.REGISTERS,
      startsWith("RBP: ", " R08: "),
      "arch/x86/kernel/process_64.c: __show_regs"),
  R10(
      CONTEXT,
      Section.REGISTERS,
      startsWith("R10: ", " R11: "),
      "arch/x86/kernel/process_64.c: __show_regs"),
  R13(
      CONTEXT,
      Section.REGISTERS,
      startsWith("R13: ", " R14: "),
      "arch/x86/kernel/process_64.c: __show_regs"),
  EAX(
      CONTEXT,
      Section.REGISTERS,
      startsWith("EAX: ", " EBX: "),
      "arch/x86/kernel/process_32.c: __show_regs"),
  ESI(
      CONTEXT,
      Section.REGISTERS,
      startsWith("ESI: ", " EDI: "),
      "arch/x86/kernel/process_32.c: __show_regs"),
  DS(
      CONTEXT,
      Section.REGISTERS,
      startsWith("DS: ", " ES: "),
      "arch/x86/kernel/process_32.c: __show_regs"),
  LAST_BREAK(
      CONTEXT,
      Section.REGISTERS,
      startsWith("Last Breaking-Event-Address:"),
      "arch/s390/kernel/dumpstack.c: show_last_breaking_event"),
  EXCEPTION_STACK(
      CONTEXT,
      Section.REGISTERS,
      startsWith("Exception stack(0x"),
      "arch/arm/kernel/traps.c: dump_mem"),

  MEMCG_KILLED_BY_LIMIT(
      BODY,
      Section.MEMCG_USAGE,
      startsWith("Task in ", " killed"),
      "mm/memcontrol.c: mem_cgroup_print_oom_info, up to 4.20"),
  MEMCG_LIMIT_REACHED(
      BODY,
      Section.MEMCG_USAGE,
      startsWith("Memory limit reached of cgroup "),
      "mm/memcontrol.c: mem_cgroup_print_oom_info, 3.16-4.20"),
  MEMCG_MEMORY(
      BODY,
      Section.MEMCG_USAGE,
      startsWith("memory: usage "),
      "mm/memcontrol.c: mem_cgroup_print_oom_meminfo"),
  MEMCG_MEMSW(
      BODY,
      Section.MEMCG_USAGE,
      startsWith("memory+swap: usage "),
      "mm/memcontrol.c: mem_cgroup_print_oom_meminfo, v1"),
  MEMCG_SWAP(
      BODY,
      Section.MEMCG_USAGE,
      startsWith("swap: usage "),
      "mm/memcontrol.c: mem_cgroup_print_oom_meminfo, v2"),
  MEMCG_KMEM(
      BODY,
      Section.MEMCG_USAGE,
      startsWith("kmem: usage "),
      "mm/memcontrol.c: mem_cgroup_print_oom_meminfo, v1"),
  MEMCG_STATS(
      BODY,
      Section.MEMCG_STATS,
      startsWith("Memory cgroup stats for "),
      "mm/memcontrol.c: mem_cgroup_print_oom_meminfo"),
  MEMCG_PROTECTION(
      BODY,
      Section.MEMCG_STATS,
      startsWith("Memory cgroup min protection "),
      "mm/memcontrol.c: mem_cgroup_show_protected_memory, 6.19+"),

  MEM_INFO(BODY, Section.MEM_INFO, startsWith("Mem-Info:"), "mm/show_mem.c: __show_mem"),
  TOTALS_ANON(
      BODY,
      Section.MEM_INFO,
      startsWith("active_anon:", " inactive_anon:"),
      "mm/show_mem.c: show_free_areas"),
  TOTALS_FILE(
      BODY, Section.MEM_INFO, startsWith(" active_file:"), "mm/show_mem.c: show_free_areas"),
  TOTALS_UNEVICTABLE(
      BODY, Section.MEM_INFO, startsWith(" unevictable:"), "mm/show_mem.c: show_free_areas"),
  TOTALS_SLAB(
      BODY, Section.MEM_INFO, startsWith(" slab_reclaimable:"), "mm/show_mem.c: show_free_areas"),
  TOTALS_MAPPED(BODY, Section.MEM_INFO, startsWith(" mapped:"), "mm/show_mem.c: show_free_areas"),
  TOTALS_SEC_PAGETABLES(
      BODY,
      Section.MEM_INFO,
      startsWith(" sec_pagetables:"),
      "mm/show_mem.c: show_free_areas, 6.1+"),
  TOTALS_MISC(
      BODY,
      Section.MEM_INFO,
      startsWith(" kernel_misc_reclaimable:"),
      "mm/show_mem.c: show_free_areas, 5.15+"),
  TOTALS_FREE(BODY, Section.MEM_INFO, startsWith(" free:"), "mm/show_mem.c: show_free_areas"),
  TOTALS_FREE_CMA(
      BODY, Section.MEM_INFO, startsWith(" free_cma:"), "lib/show_mem.c: show_mem, 3.7-4.0"),

  TOTALS_TRIMMED(
      BODY,
      Section.MEM_INFO,
      scanned(LineScanner.TRIMMED_TOTALS),
      "mm/show_mem.c: show_free_areas, by way of a shipper that trims"),

  NODE(BODY, Section.NODES, scanned(LineScanner.NODE), "mm/show_mem.c: show_free_areas, 4.8+"),
  ZONE(BODY, Section.ZONES, contains(" free:", "kB", " min:"), "mm/show_mem.c: show_free_areas"),
  LOWMEM_RESERVE(
      BODY, Section.ZONES, startsWith("lowmem_reserve[]:"), "mm/show_mem.c: show_free_areas"),
  PER_CPU(
      BODY, Section.MEM_INFO, contains(" per-cpu:"), "mm/page_alloc.c: show_free_areas, up to 4.0"),
  PER_CPU_ROW(
      BODY,
      Section.MEM_INFO,
      startsWith("CPU ", ": hi:", ", btch:"),
      "mm/page_alloc.c: show_free_areas, up to 4.0"),
  FREE_LIST(
      BODY, Section.FREE_LISTS, scanned(LineScanner.FREE_LIST), "mm/show_mem.c: show_free_areas"),
  HUGE_PAGES(
      BODY,
      Section.HUGE_PAGES,
      contains("hugepages_total=", "hugepages_free="),
      "mm/hugetlb.c: hugetlb_show_meminfo_node, 3.10+"),

  PAGE_CACHE(
      BODY,
      Section.PAGE_TOTALS,
      numberThen(" total pagecache pages"),
      "mm/show_mem.c: show_free_areas"),
  SWAP_CACHE(
      BODY,
      Section.PAGE_TOTALS,
      numberThen(" pages in swap cache"),
      "mm/swap_state.c: show_swap_cache_info"),
  SWAP_CACHE_STATS(
      BODY,
      Section.PAGE_TOTALS,
      startsWith("Swap cache stats: "),
      "mm/swap_state.c: show_swap_cache_info, up to 5.19"),
  FREE_SWAP(
      BODY,
      Section.PAGE_TOTALS,
      startsWith("Free swap  = "),
      "mm/swap_state.c: show_swap_cache_info"),
  TOTAL_SWAP(
      BODY,
      Section.PAGE_TOTALS,
      startsWith("Total swap = "),
      "mm/swap_state.c: show_swap_cache_info"),
  PAGES_RAM(BODY, Section.PAGE_TOTALS, numberThen(" pages RAM"), "mm/show_mem.c: __show_mem"),
  PAGES_HIGHMEM(
      BODY, Section.PAGE_TOTALS, numberThen(" pages HighMem"), "mm/show_mem.c: __show_mem"),
  PAGES_RESERVED(
      BODY, Section.PAGE_TOTALS, numberThen(" pages reserved"), "mm/show_mem.c: __show_mem"),
  PAGES_CMA(
      BODY,
      Section.PAGE_TOTALS,
      numberThen(" pages cma reserved"),
      "mm/show_mem.c: __show_mem, 3.19+"),
  PAGES_SHARED(
      BODY,
      Section.PAGE_TOTALS,
      numberThen(" pages shared"),
      "lib/show_mem.c: show_mem, up to 3.13"),
  PAGES_NON_SHARED(
      BODY,
      Section.PAGE_TOTALS,
      numberThen(" pages non-shared"),
      "lib/show_mem.c: show_mem, up to 3.13"),
  PAGES_HWPOISONED(
      BODY,
      Section.PAGE_TOTALS,
      numberThen(" pages hwpoisoned"),
      "mm/show_mem.c: __show_mem, 3.14+"),
  PAGES_QUICKLIST(
      BODY,
      Section.PAGE_TOTALS,
      numberThen(" pages in pagetable cache"),
      "lib/show_mem.c: show_mem, up to 5.1"),
  ALLOCATION_PROFILE(
      BODY,
      Section.PAGE_TOTALS,
      startsWith("Memory allocations"),
      "mm/show_mem.c: __show_mem, 6.10+"),

  ALLOCATION_PROFILE_ROW(
      BODY, Section.PAGE_TOTALS, contains("B ", " func:"), "mm/show_mem.c: __show_mem, 6.10+"),

  SLAB_TITLE(
      BODY,
      Section.SLAB,
      startsWith("Unreclaimable slab info:"),
      "mm/slab_common.c: dump_unreclaimable_slab, 4.15+"),
  SLAB_HEADER(
      BODY,
      Section.SLAB,
      startsWith("Name  ", "Used", "Total"),
      "mm/slab_common.c: dump_unreclaimable_slab, 4.15+"),
  SLAB_UNREADABLE(
      BODY,
      Section.SLAB,
      startsWith("excessive unreclaimable slab but cannot dump stats"),
      "mm/slab_common.c: dump_unreclaimable_slab, 4.15+"),
  SLAB_ROW(
      BODY,
      Section.SLAB,
      scanned(LineScanner.SLAB_ROW),
      "mm/slab_common.c: dump_unreclaimable_slab, 4.15+"),

  SLUB_FAILURE(
      OPENS,
      Section.SLAB_FAILURE,
      startsWith("SLUB: Unable to allocate memory on "),
      "mm/slub.c: slab_out_of_memory"),
  SLAB_FAILURE(
      OPENS,
      Section.SLAB_FAILURE,
      startsWith("SLAB: Unable to allocate memory on "),
      "mm/slab.c: slab_out_of_memory, 3.4-6.7"),
  SLAB_FAILURE_CACHE(
      BODY,
      Section.SLAB_FAILURE,
      startsWith("  cache: ", ", object size: "),
      "mm/slub.c: slab_out_of_memory"),
  SLAB_FAILURE_DEBUG(
      BODY,
      Section.SLAB_FAILURE,
      contains(" debugging increased min order, use sl"),
      "mm/slub.c: slab_out_of_memory"),
  SLAB_FAILURE_NODE(
      BODY,
      Section.SLAB_FAILURE,
      startsWith("  node ", ": slabs: "),
      "mm/slub.c: slab_out_of_memory"),

  PIDS_LIMIT(
      STANDALONE,
      Section.LIMIT,
      contains("fork rejected by pids controller in "),
      "kernel/cgroup/pids.c: pids_event"),
  CALLBACKS_SUPPRESSED(
      STANDALONE, Section.LOSS, contains(" callbacks suppressed"), "lib/ratelimit.c: ___ratelimit"),
  MESSAGES_DROPPED(
      STANDALONE,
      Section.LOSS,
      contains("printk messages dropped"),
      "kernel/printk/printk.c: console_flush_all"),
  RECORDS_DROPPED(
      STANDALONE,
      Section.LOSS,
      startsWith("printk: ", " messages "),
      "kernel/printk/printk.c: printk_ratelimit, devkmsg_read"),
  JOURNAL_MISSED(
      STANDALONE,
      Section.LOSS,
      startsWith("Missed ", " kernel messages"),
      "systemd src/journal/journald-kmsg.c"),
  BOOT(STANDALONE, Section.BOOT, startsWith("Linux version "), "init/main.c: start_kernel"),

  // Last: these have the weakest shapes.
  CPUSET(
      CONTEXT,
      Section.CPUSET,
      contains(" cpuset=", " mems_allowed="),
      "kernel/cpuset.c: cpuset_print_current_mems_allowed, up to 4.20"),
  MEMCG_STAT(
      CONTEXT,
      Section.MEMCG_STATS,
      scanned(LineScanner.MEMCG_STAT),
      "mm/memcontrol.c: memory_stat_format, 5.3+"),
  SUMMARY_TAIL(
      TAIL,
      Section.SUMMARY,
      scanned(LineScanner.SUMMARY_TAIL),
      "mm/oom_kill.c: dump_oom_summary, behind LOG_LINE_MAX or a newline in the name");

  private final Role role;
  private final Section section;
  private final Shape shape;
  private final String source;

  LineRule(Role role, Section section, Shape shape, String source) {
    this.role = role;
    this.section = section;
    this.shape = shape;
    this.source = source;
  }

  public Role role() {
    return role;
  }

  public Section section() {
    return section;
  }

  /** The kernel file and function that print the line, and since when. */
  public String source() {
    return source;
  }

  Shape shape() {
    return shape;
  }
}

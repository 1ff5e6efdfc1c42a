package io.oomstream.kernel;

/**
 * The parts of a block, in the order in which the kernel prints them ({@code mm/oom_kill.c:
 * dump_header}, {@code mm/page_alloc.c: warn_alloc}). The names are published in {@code
 * block.sections}.
 */
public enum Section {
  SYSRQ,
  INVOCATION,
  FAILURE,
  CPUSET,
  STACK_HEADER,
  CALL_TRACE,
  REGISTERS,
  MEMCG_USAGE,
  MEMCG_STATS,
  MEM_INFO,
  NODES,
  ZONES,
  FREE_LISTS,
  HUGE_PAGES,
  PAGE_TOTALS,
  SLAB,
  TASKS,
  SUMMARY,
  KILL,
  GROUP_KILL,
  REAPER,
  PANIC,
  SLAB_FAILURE,
  LIMIT,
  LOSS,
  BOOT,
  /** A known line that gives no event. */
  NOTICE,
  /** Lines of an OOM killer in user space. */
  USERSPACE_KILL,
  /** Lines without a rule; never one of a block's sections. */
  UNKNOWN
}

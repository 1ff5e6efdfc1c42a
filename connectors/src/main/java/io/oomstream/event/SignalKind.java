package io.oomstream.event;

/** The signals of the contract. */
public enum SignalKind {
  HIGH_ORDER_ALLOCATION_FAILURE,
  ALLOCATION_FAILURE,
  SLAB_ALLOCATION_FAILURE,
  VMALLOC_FAILURE,
  TASK_STRUCT_SLAB_GROWTH,
  SLAB_GROWTH,
  UNRECLAIMABLE_SLAB_HIGH,
  PAGE_TABLE_BLOAT,
  UNACCOUNTED_MEMORY_HIGH,
  SHMEM_HIGH,
  MEMORY_EXHAUSTED,
  SWAP_EXHAUSTED,
  SWAP_FREE_MISLEADING,
  FRAGMENTATION,
  ZONE_EXHAUSTED,
  OOM_STORM,
  OOM_CRASH_LOOP,
  FLEET_OOM,
  UNEXPECTED_VICTIM,
  CRITICAL_VICTIM,
  OOM_REAPER_STALLED,
  NO_KILLABLE_PROCESS,
  OOM_PANIC,
  PIDS_LIMIT,
  LOG_LOSS,
  SPOOFED_KERNEL_LINE,
  /** A killer in user space ended a process or a control group; there is no kill event for it. */
  USERSPACE_OOM_KILL,
  /** Memory was refused by a limit that is not the OOM killer's: overcommit, TCP, CMA, swap I/O. */
  MEMORY_REFUSED,
  /** Memory other than a slab cache's grows towards its limit: page tables, shmem, swap. */
  MEMORY_GROWTH,
  /** Tasks wait for memory for much of their time. */
  MEMORY_PRESSURE
}

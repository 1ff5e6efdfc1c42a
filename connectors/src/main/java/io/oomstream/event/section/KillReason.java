package io.oomstream.event.section;

/** What the kernel said on the kill line. */
public enum KillReason {
  OUT_OF_MEMORY,
  MEMCG_OUT_OF_MEMORY,
  ALLOCATING_TASK,
  SHARES_MEMORY,
  OOM_GROUP,
  SYSRQ,
  HUGETLB,
  UNKNOWN
}

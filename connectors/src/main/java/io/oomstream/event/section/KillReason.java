package io.oomstream.event.section;

/** The reason on the kill line. */
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

package io.oomstream.event.section;

/** How the allocation came about, read from the call trace. */
public enum TriggerPath {
  KSWAPD,
  DIRECT_RECLAIM,
  PAGE_FAULT,
  MEMCG_CHARGE,
  SYSRQ,
  UNKNOWN
}

package io.oomstream.event.section;

/** Why the memory was requested, from the call trace. */
public enum TriggerPath {
  KSWAPD,
  DIRECT_RECLAIM,
  PAGE_FAULT,
  MEMCG_CHARGE,
  SYSRQ,
  UNKNOWN
}

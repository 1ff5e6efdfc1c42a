package io.oomstream.event.section;

/** The units of figures in events. No other words stand in a field {@code unit}. */
public final class Unit {

  public static final String BYTES = "bytes";
  public static final String BYTES_PER_HOUR = "bytes_per_hour";

  /** A part of something, 0 to 1. The text beside it says of what. */
  public static final String SHARE = "share";

  public static final String SHARE_OF_RAM = "share_of_ram";

  /** Of the memory that the page allocator hands out. */
  public static final String SHARE_OF_MANAGED = "share_of_managed_memory";

  public static final String SHARE_OF_FREE = "share_of_free_memory";
  public static final String SHARE_OF_SWAP = "share_of_swap";
  public static final String SHARE_OF_TIME = "share_of_time";

  /** A number of things. The text or kind beside it says of what. */
  public static final String COUNT = "count";

  /** A power of two of pages. */
  public static final String ORDER = "order";

  /** A place in the order of the kernel's choice, from 1. */
  public static final String RANK = "rank";

  /** -1000 to 1000. */
  public static final String OOM_SCORE_ADJ = "oom_score_adj";

  /** The number of a syslog facility: 0 is the kernel's. */
  public static final String SYSLOG_FACILITY = "syslog_facility";

  private Unit() {}
}

package io.oomstream.event.section;

import java.util.List;

/** Unreclaimable slab caches, biggest first. */
public record Slab(List<Cache> unreclaimable) {

  /** One cache. */
  public record Cache(String cache, long usedBytes, long totalBytes) {}
}

package io.oomstream.anomaly;

import io.oomstream.event.OutgoingEvent;
import io.oomstream.workload.CatalogueEntry;
import org.jspecify.annotations.Nullable;

/**
 * What is to be sent on when the names of its workload are known: a kill's event, a signal, or an
 * occurrence.
 *
 * @param containerId that it is about; null if several, or unknown
 * @param podUid likewise; one of both is there
 * @param eventTimeMs of its block's last line
 */
public record Unnamed(
    String hostKey,
    long eventTimeMs,
    @Nullable String containerId,
    @Nullable String podUid,
    @Nullable OutgoingEvent kill,
    @Nullable Outbound signal,
    @Nullable Occurrence occurrence) {

  /** Where its names are looked for: with its pod, which knows its containers too. */
  public String key() {
    return podUid != null ? CatalogueEntry.POD + podUid : String.valueOf(containerId);
  }
}

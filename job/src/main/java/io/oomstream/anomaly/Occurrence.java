package io.oomstream.anomaly;

import io.oomstream.assemble.segment.LineBlock;
import io.oomstream.event.SignalKind;
import io.oomstream.event.section.Host;
import io.oomstream.event.section.Provenance;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One kill or one failed allocation, with what is needed to group it. It waits in state until event
 * time reaches it.
 *
 * @param id of its event
 * @param eventTimeMs of the last line of its block
 * @param failure the kind of failed allocation; null for a kill
 * @param workload what kills of one host are grouped by: the workload's key, otherwise the process
 *     name; empty if neither is known
 * @param fleetKey what kills of many hosts are grouped by; null if nothing is known that hosts can
 *     share
 * @param order of the failed request
 * @param freeBytes of the machine at that time
 * @param code the function that requested memory
 * @param block the lines of a failed allocation, to write its signal if it stays ungrouped; null
 *     for a kill, whose event is already written
 */
public record Occurrence(
    String hostKey,
    Host host,
    String id,
    long eventTimeMs,
    @Nullable Instant time,
    @Nullable SignalKind failure,
    String workload,
    @Nullable String fleetKey,
    @Nullable Integer order,
    @Nullable Long freeBytes,
    @Nullable String code,
    Provenance provenance,
    @Nullable LineBlock block) {

  /** The same with the block's lines. */
  public Occurrence of(LineBlock lines) {
    return new Occurrence(
        hostKey,
        host,
        id,
        eventTimeMs,
        time,
        failure,
        workload,
        fleetKey,
        order,
        freeBytes,
        code,
        provenance,
        lines);
  }

  /** The same kill, grouped by what its workload is called: on its host and over hosts. */
  public Occurrence groupedBy(String group) {
    return new Occurrence(
        hostKey,
        host,
        id,
        eventTimeMs,
        time,
        failure,
        group,
        group,
        order,
        freeBytes,
        code,
        provenance,
        block);
  }
}

package io.oomstream.anomaly;

import io.oomstream.assemble.segment.LineBlock;
import io.oomstream.event.SignalKind;
import io.oomstream.event.section.Host;
import io.oomstream.event.section.Provenance;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One kill or one failed allocation, as far as it takes to group it with others. It travels, and
 * waits in state until event time has come to it.
 *
 * @param id of its event
 * @param eventTimeMs of its block's last line
 * @param failure the kind of failed allocation; null for a kill
 * @param workload what kills of one host are grouped by: the workload's key, else the name; empty
 *     where neither is known
 * @param fleetKey what kills of many hosts are grouped by; null where nothing fits
 * @param order of the failed request
 * @param freeBytes of the machine at that time
 * @param code the function that asked for memory
 * @param block the lines of a failed allocation, of which its signal is written if it stays alone;
 *     null for a kill, whose event is out already
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

  /** The same with the block that it is of. */
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
}

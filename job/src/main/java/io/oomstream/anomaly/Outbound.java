package io.oomstream.anomaly;

import io.oomstream.event.OutgoingEvent;
import io.oomstream.event.Severity;
import io.oomstream.event.SignalKind;
import org.jspecify.annotations.Nullable;

/**
 * A signal on its way to its topic, with the facts that a muting rule can match.
 *
 * @param host null for signals over the fleet
 * @param workload null if unknown
 * @param eventTimeMs time of its newest record
 */
public record Outbound(
    OutgoingEvent event,
    SignalKind kind,
    Severity severity,
    @Nullable String host,
    @Nullable String workload,
    long eventTimeMs) {}

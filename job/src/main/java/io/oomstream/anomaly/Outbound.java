package io.oomstream.anomaly;

import io.oomstream.event.OutgoingEvent;
import io.oomstream.event.SignalKind;
import org.jspecify.annotations.Nullable;

/**
 * A signal on its way to its topic, with what a mute goes by.
 *
 * @param host null for signals over the fleet
 * @param workload null where none is known
 * @param eventTimeMs time of the newest record that it is about
 */
public record Outbound(
    OutgoingEvent event,
    SignalKind kind,
    @Nullable String host,
    @Nullable String workload,
    long eventTimeMs) {}

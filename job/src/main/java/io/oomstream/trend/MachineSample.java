package io.oomstream.trend;

import io.oomstream.diagnosis.context.EventTime;
import io.oomstream.event.section.Host;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A machine's memory at one moment, from a block or a snapshot.
 *
 * @param eventTimeMs decides order and lateness
 * @param measuredMs time of the sample in its series
 * @param id equal for a repeated sample
 * @param bootId null if unknown
 * @param values figures by the names of {@link Measures}
 * @param oomKills kills that the kernel counted since boot; null without the counter
 * @param killLines kills in the log; the kernel counts each of them
 */
public record MachineSample(
    String hostKey,
    Host host,
    long eventTimeMs,
    long measuredMs,
    String id,
    @Nullable String bootId,
    Map<String, Long> values,
    @Nullable Long oomKills,
    int killLines) {

  /** The same with times cut to possible ones, so that differences can't overflow. */
  MachineSample withinTime() {
    long event = EventTime.writable(eventTimeMs);
    long measured = EventTime.writable(measuredMs);
    return event == eventTimeMs && measured == measuredMs
        ? this
        : new MachineSample(
            hostKey, host, event, measured, id, bootId, values, oomKills, killLines);
  }
}

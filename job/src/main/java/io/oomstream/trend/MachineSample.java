package io.oomstream.trend;

import io.oomstream.diagnosis.context.EventTime;
import io.oomstream.event.section.Host;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A machine's memory at one moment, whoever told of it.
 *
 * @param eventTimeMs what order and lateness are measured in
 * @param measuredMs where the sample stands in its series
 * @param id a repeat has the same
 * @param bootId null where it is not known, or not in one form
 * @param values figures by the names of {@link Measures}
 * @param oomKills kills that the kernel counted since boot; null for what is no counter
 * @param killLines kills that the log told of, each of which the kernel counted
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

  /** The same at times whose differences fit: clocks and records say what they like. */
  MachineSample withinTime() {
    long event = EventTime.writable(eventTimeMs);
    long measured = EventTime.writable(measuredMs);
    return event == eventTimeMs && measured == measuredMs
        ? this
        : new MachineSample(
            hostKey, host, event, measured, id, bootId, values, oomKills, killLines);
  }
}

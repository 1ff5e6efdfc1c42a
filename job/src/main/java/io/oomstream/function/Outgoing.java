package io.oomstream.function;

import io.oomstream.anomaly.Raised;
import io.oomstream.diagnosis.Findings;
import io.oomstream.event.AnomalySignal;
import io.oomstream.event.EventJson;
import io.oomstream.event.Host;
import io.oomstream.event.KillEvent;
import io.oomstream.event.MemoryBlock;
import io.oomstream.event.OutgoingEvent;
import io.oomstream.trend.TrendDetector;
import org.jspecify.annotations.Nullable;

/**
 * Makes events ready for their topic: CloudEvents attributes, the record's key, the data as JSON.
 */
final class Outgoing {

  private Outgoing() {}

  static OutgoingEvent kill(Findings.Kill kill, String hostKey) {
    KillEvent event = kill.event();
    Long pid = event.victim().pid();
    return new OutgoingEvent(
        OutgoingEvent.Type.KILL,
        kill.id(),
        hostKey,
        source(event.host(), hostKey),
        pid == null ? null : "process/" + pid,
        event.time(),
        EventJson.toBytes(event));
  }

  static OutgoingEvent block(MemoryBlock event, String hostKey) {
    return new OutgoingEvent(
        OutgoingEvent.Type.BLOCK,
        event.block().id(),
        hostKey,
        source(event.host(), hostKey),
        event.kind().name(),
        event.time(),
        EventJson.toBytes(event));
  }

  static OutgoingEvent signal(Findings.Signal signal, String hostKey) {
    return signal(signal.id(), signal.signal(), hostKey);
  }

  static OutgoingEvent signal(TrendDetector.Raised raised, String hostKey) {
    return signal(raised.id(), raised.signal(), hostKey);
  }

  static OutgoingEvent signal(Raised raised, String key) {
    return signal(raised.id(), raised.signal(), key);
  }

  /** Of many hosts: keyed by what they share. */
  static OutgoingEvent fleetSignal(Raised raised, String workload) {
    AnomalySignal event = raised.signal();
    return new OutgoingEvent(
        OutgoingEvent.Type.SIGNAL,
        raised.id(),
        workload,
        "/oomstream/fleet",
        event.kind().name(),
        event.time(),
        EventJson.toBytes(event));
  }

  private static OutgoingEvent signal(String id, AnomalySignal event, String hostKey) {
    return new OutgoingEvent(
        OutgoingEvent.Type.SIGNAL,
        id,
        hostKey,
        source(event.host(), hostKey),
        event.kind().name(),
        event.time(),
        EventJson.toBytes(event));
  }

  /** A URI reference: the host, with what may not stand in one escaped. */
  private static String source(@Nullable Host host, String hostKey) {
    String name = host == null || host.name() == null ? hostKey : host.name();
    return "/oomstream/hosts/" + UriText.escape(name);
  }
}

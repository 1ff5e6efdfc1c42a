package io.oomstream.step;

import io.oomstream.anomaly.Outbound;
import io.oomstream.anomaly.RaisedSignal;
import io.oomstream.diagnosis.context.EventTime;
import io.oomstream.diagnosis.context.Findings;
import io.oomstream.event.AnomalySignal;
import io.oomstream.event.EventJson;
import io.oomstream.event.KillEvent;
import io.oomstream.event.MemoryBlock;
import io.oomstream.event.OutgoingEvent;
import io.oomstream.event.section.Host;
import org.jspecify.annotations.Nullable;

/** Prepares events for their topic: CloudEvents attributes, the record's key, the data as JSON. */
public final class OutgoingEvents {

  private OutgoingEvents() {}

  public static OutgoingEvent kill(Findings.Kill kill, String hostKey) {
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

  public static OutgoingEvent block(MemoryBlock event, String hostKey) {
    return new OutgoingEvent(
        OutgoingEvent.Type.BLOCK,
        event.block().id(),
        hostKey,
        source(event.host(), hostKey),
        event.kind().name(),
        event.time(),
        EventJson.toBytes(event));
  }

  /**
   * A signal of one host.
   *
   * @param eventTimeMs time of its newest record
   */
  public static Outbound signal(String id, AnomalySignal signal, String hostKey, long eventTimeMs) {
    return outbound(id, signal, hostKey, source(signal.host(), hostKey), hostKey, eventTimeMs);
  }

  /** An episode of one host. */
  public static Outbound episode(RaisedSignal raised, String hostKey) {
    return signal(raised.id(), raised.signal(), hostKey, endOf(raised.signal()));
  }

  /** A signal of many hosts, keyed by the workload that they share. */
  public static Outbound fleetSignal(RaisedSignal raised, String workload) {
    return outbound(
        raised.id(), raised.signal(), workload, "/oomstream/fleet", null, endOf(raised.signal()));
  }

  private static Outbound outbound(
      String id,
      AnomalySignal signal,
      String key,
      String source,
      @Nullable String host,
      long eventTimeMs) {
    OutgoingEvent event =
        new OutgoingEvent(
            OutgoingEvent.Type.SIGNAL,
            id,
            key,
            source,
            signal.kind().name(),
            signal.time(),
            EventJson.toBytes(signal.identified(id)));
    return new Outbound(
        event, signal.kind(), signal.severity(), host, signal.workload(), eventTimeMs);
  }

  /** The window of an episode is in the records' time. */
  private static long endOf(AnomalySignal episode) {
    AnomalySignal.Window window = episode.window();
    return window == null
        ? Long.MIN_VALUE
        : EventTime.millis(window.end(), window.endKernelTimeUs());
  }

  /** A URI reference to the host, escaped. */
  private static String source(@Nullable Host host, String hostKey) {
    String name = host == null || host.name() == null ? hostKey : host.name();
    return "/oomstream/hosts/" + UriText.escape(name);
  }
}

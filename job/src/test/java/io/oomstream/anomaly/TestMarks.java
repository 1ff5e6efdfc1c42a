package io.oomstream.anomaly;

import io.oomstream.event.Host;
import io.oomstream.event.OutgoingEvent;
import io.oomstream.event.Provenance;
import io.oomstream.event.SignalKind;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Kills and failed allocations made up for tests. */
public final class TestMarks {

  private TestMarks() {}

  public static Mark kill(String host, String id, long time, String workload) {
    return mark(host, id, time, null, workload, "comm:" + workload, null, null, null);
  }

  public static Mark failure(String host, String id, long time, int order, long free, String code) {
    OutgoingEvent alone =
        new OutgoingEvent(
            OutgoingEvent.Type.SIGNAL,
            id,
            host,
            "/oomstream/hosts/" + host,
            SignalKind.ALLOCATION_FAILURE.name(),
            null,
            "{}".getBytes(StandardCharsets.UTF_8));
    return mark(host, id, time, SignalKind.ALLOCATION_FAILURE, "", null, order, free, code)
        .withAlone(alone);
  }

  private static Mark mark(
      String host,
      String id,
      long time,
      @Nullable SignalKind failure,
      String workload,
      @Nullable String fleetKey,
      @Nullable Integer order,
      @Nullable Long free,
      @Nullable String code) {
    return new Mark(
        host,
        new Host(host, null, null, null, null, null),
        id,
        time,
        null,
        failure,
        workload,
        fleetKey,
        order,
        free,
        code,
        Provenance.KERNEL,
        null);
  }
}

package io.oomstream.function;

import io.oomstream.event.DeadLetter;
import io.oomstream.format.line.RawRecord;
import io.oomstream.intake.HostName;
import io.oomstream.intake.RecordLetter;
import io.oomstream.snapshot.Snapshot;
import io.oomstream.snapshot.SnapshotDecoder;
import io.oomstream.trend.MachineSample;
import io.oomstream.trend.Measures;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.metrics.Counter;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;
import org.jspecify.annotations.NullUnmarked;

/**
 * Records of memory snapshots to samples. A record that can't be read, or only in part, becomes a
 * dead letter with its original bytes.
 */
@NullUnmarked
public final class SnapshotFunction extends ProcessFunction<RawRecord, MachineSample> {

  private static final long serialVersionUID = 1L;
  private static final String ENVELOPE = "memory-snapshot";

  private final HostName hostName;

  private transient Counter snapshots;
  private transient Counter undecodable;

  /**
   * @param hostName where a snapshot's host stands if the snapshot does not name it
   */
  public SnapshotFunction(HostName hostName) {
    this.hostName = hostName;
  }

  @Override
  public void open(OpenContext context) {
    snapshots = getRuntimeContext().getMetricGroup().counter(Metrics.SNAPSHOTS);
    undecodable = getRuntimeContext().getMetricGroup().counter(Metrics.SNAPSHOTS_UNDECODABLE);
  }

  @Override
  public void processElement(RawRecord record, Context context, Collector<MachineSample> out) {
    String host = hostName.of(record);
    SnapshotDecoder.Decoded decoded = SnapshotDecoder.decode(record, host);
    for (Snapshot snapshot : decoded.snapshots()) {
      snapshots.inc();
      out.collect(Measures.of(snapshot));
    }
    if (!decoded.complaint().isEmpty()) {
      undecodable.inc();
      context.output(
          Outputs.DEAD_LETTERS,
          RecordLetter.of(
              record, DeadLetter.Reason.UNDECODABLE, decoded.complaint(), ENVELOPE, host));
    }
  }
}

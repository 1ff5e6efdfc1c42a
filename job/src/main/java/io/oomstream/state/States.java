package io.oomstream.state;

import io.oomstream.anomaly.HostHistory;
import io.oomstream.trend.MachineHistory;
import io.oomstream.trend.MachineSample;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.ValueStateDescriptor;

/** Every state of the job. The names are part of a savepoint: never change one. */
public final class States {

  /** A host's block lines that are not yet concluded. */
  public static ListStateDescriptor<HostLine> buffer() {
    return new ListStateDescriptor<>("lines", Types.HOST_LINE);
  }

  /** What is known of the buffer without reading it. */
  public static ValueStateDescriptor<BufferHeader> bufferHeader() {
    return new ValueStateDescriptor<>("header", Types.BUFFER_HEADER);
  }

  /** How many lines a subtask's buffers hold: only for the metrics, so that they add up. */
  public static ListStateDescriptor<Long> bufferedLines() {
    return new ListStateDescriptor<>("buffered", Types.COUNT);
  }

  /** What the detectors remember of a host. */
  public static ValueStateDescriptor<HostHistory> hostHistory() {
    return new ValueStateDescriptor<>("history", Types.HOST_HISTORY);
  }

  /** When that is to be forgotten: the registered event-time timer, milliseconds. */
  public static ValueStateDescriptor<Long> historyExpiry() {
    return new ValueStateDescriptor<>("expiry", Types.EXPIRY);
  }

  /** What the detectors over memory samples remember of a machine. */
  public static ValueStateDescriptor<MachineHistory> machineHistory() {
    return new ValueStateDescriptor<>("machine", Types.MACHINE_HISTORY);
  }

  /** Samples that wait for those before them. */
  public static ListStateDescriptor<MachineSample> pendingSamples() {
    return new ListStateDescriptor<>("pending-samples", Types.MACHINE_SAMPLE);
  }

  /** How many do. */
  public static ValueStateDescriptor<Long> pendingCount() {
    return new ValueStateDescriptor<>("pending-count", Types.COUNT);
  }

  /** When the machine's history is looked at again: the registered event-time timer. */
  public static ValueStateDescriptor<Long> machineExpiry() {
    return new ValueStateDescriptor<>("machine-expiry", Types.EXPIRY);
  }

  private States() {}
}

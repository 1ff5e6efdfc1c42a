package io.oomstream.state;

import io.oomstream.anomaly.HostHistory;
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

  private States() {}
}

package io.oomstream.kafka.source;

import io.oomstream.format.line.RawRecord;
import java.io.Serializable;
import java.util.function.Consumer;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.metrics.MetricGroup;
import org.jspecify.annotations.Nullable;

/**
 * What a source makes of its records while they lie in the client's buffers: any number of elements
 * of each, also none. So that event time moves where records bring no element, the source asks for
 * marks of progress now and then ({@link ProgressMarks}).
 */
public interface RecordReading<T> extends Serializable {

  /** Of the elements. */
  TypeInformation<T> type();

  /** For one subtask; the metrics are those of the source's operator. */
  Reader<T> open(MetricGroup metrics);

  /**
   * An element that says how far its partition has been read.
   *
   * @param readWithinMs how long the partition's records lie in the topic at the most,
   *     milliseconds; {@link RawRecord#UNKNOWN} where that is not known
   */
  T progress(long readWithinMs);

  /** Whether it is such an element. Only these move event time. */
  boolean isProgress(T element);

  /** What {@link #progress} was given. */
  long readWithinMs(T progress);

  /** Reads the records of some partitions, those of each in the order of their offsets. */
  interface Reader<T> {

    /** Total: no content makes it throw. */
    void read(RawRecord record, Consumer<T> out);

    /** What must be known of the partition to read on after a restore; null for nothing. */
    byte @Nullable [] known(String topic, int partition);

    /** The partition is read on from where this was {@link #known}. */
    void restore(String topic, int partition, byte[] known);

    /** The partition is read no further. */
    void forget(String topic, int partition);
  }
}

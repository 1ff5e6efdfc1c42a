package io.oomstream.cli.input;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.WriterInitContext;

/**
 * Hands a stream's elements to the process that runs the embedded Flink. Writers find their
 * collector by number, since a sink is copied on its way into the job.
 */
public final class CollectingSink<T> implements Sink<T> {

  private static final long serialVersionUID = 1L;
  private static final Map<Long, Queue<Object>> COLLECTORS = new ConcurrentHashMap<>();
  private static final AtomicLong NEXT = new AtomicLong();

  private final long number = NEXT.incrementAndGet();

  public CollectingSink() {
    COLLECTORS.put(number, new ConcurrentLinkedQueue<>());
  }

  /** What has come so far; to be called once, when the job is done. */
  @SuppressWarnings("unchecked") // only writers of this sink add to its collector
  public List<T> take() {
    return (List<T>) List.copyOf(Objects.requireNonNull(COLLECTORS.remove(number)));
  }

  @Override
  public SinkWriter<T> createWriter(WriterInitContext context) {
    Queue<Object> collector = Objects.requireNonNull(COLLECTORS.get(number));
    return new SinkWriter<>() {
      @Override
      public void write(T element, Context writeContext) {
        collector.add(Objects.requireNonNull(element));
      }

      @Override
      public void flush(boolean endOfInput) {}

      @Override
      public void close() {}
    };
  }
}

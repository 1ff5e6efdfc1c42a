package io.oomstream.kafka.local;

import java.util.Map;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/** Writes records as any shipper would: for the demo and the tests. */
public final class TopicWriter implements AutoCloseable {
  private final KafkaProducer<byte[], byte[]> producer;
  private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();

  public TopicWriter(String bootstrapServers) {
    this(bootstrapServers, Map.of());
  }

  /**
   * @param more properties of the producer
   */
  public TopicWriter(String bootstrapServers, Map<String, String> more) {
    Properties p = new Properties();
    more.forEach(p::setProperty);
    p.setProperty(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
    producer = new KafkaProducer<>(p, new ByteArraySerializer(), new ByteArraySerializer());
  }

  /**
   * Queues a record; {@link #flush} says whether it arrived.
   *
   * @param partition Kafka's choice (by the key) if null
   * @param timestamp milliseconds since the epoch; now if null
   */
  public void send(
      String topic,
      @Nullable Integer partition,
      byte @Nullable [] key,
      byte @Nullable [] value,
      @Nullable Long timestamp,
      Map<String, byte[]> headers) {
    ProducerRecord<byte[], byte[]> produced =
        new ProducerRecord<>(topic, partition, timestamp, key, value);
    headers.forEach(produced.headers()::add);
    producer.send(
        produced,
        (metadata, e) -> {
          if (e != null) {
            failure.compareAndSet(null, e);
          }
        });
  }

  /** Waits until all records are written; throws if one was not. */
  public void flush() {
    producer.flush();
    Exception first = failure.get();
    if (first != null) {
      throw new IllegalStateException("record not written: " + first.getMessage(), first);
    }
  }

  /** Writes what is queued and closes; throws if a record was not written. */
  @Override
  public void close() {
    try {
      flush();
    } finally {
      producer.close();
    }
  }
}

package io.oomstream.kafka;

import io.oomstream.event.EventMask;
import io.oomstream.event.EventTrim;
import io.oomstream.event.OutgoingEvent;
import io.oomstream.event.Privacy;
import io.oomstream.event.StructuredEvent;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.apache.flink.api.common.serialization.SerializationSchema;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.flink.connector.kafka.sink.KafkaSink;
import org.apache.flink.metrics.Counter;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Events as CloudEvents 1.0, in Kafka's binary or structured content mode. */
public final class EventSink {
  private static final Logger LOG = LoggerFactory.getLogger(EventSink.class);

  /** The sinks' counter of events over the record limit. */
  static final String TOO_LARGE = "eventsTooLarge";

  /** The sinks' histogram of the time from the kernel's line to the written event. */
  static final String KERNEL_TO_WRITTEN = "kernelToWrittenMs";

  private EventSink() {}

  /**
   * @param name unique in the job, because it is part of the names of transactions
   */
  public static KafkaSink<OutgoingEvent> create(
      KafkaSettings settings, SinkOptions options, String name, String topic) {
    return Sinks.create(
        settings,
        options,
        name,
        new Serializer(topic, options.maxRecordBytes(), options.privacy(), options.contentMode()));
  }

  /**
   * The event's time is an attribute and not the record's timestamp, which is left to Kafka: the
   * time is a host's own, brokers refuse a record from too far in the future (one wrong clock would
   * fail the job for ever), and retention would delete a replayed old kill at once.
   */
  static final class Serializer implements KafkaRecordSerializationSchema<OutgoingEvent> {
    private static final long serialVersionUID = 1L;

    private final String topic;
    private final int maxBytes;
    private final Privacy privacy;
    private final SinkOptions.ContentMode mode;
    private transient @Nullable Counter tooLarge;
    private transient @Nullable RecentHistogram latency;

    Serializer(String topic, int maxBytes, Privacy privacy, SinkOptions.ContentMode mode) {
      this.topic = topic;
      this.maxBytes = maxBytes;
      this.privacy = privacy;
      this.mode = mode;
    }

    @Override
    public void open(
        SerializationSchema.InitializationContext initialization, KafkaSinkContext context) {
      // For exactly-once the connector (5.0.0) opens it twice, and of two counters of one name only
      // the first is registered.
      if (tooLarge == null) {
        tooLarge = initialization.getMetricGroup().counter(TOO_LARGE);
        latency =
            initialization.getMetricGroup().histogram(KERNEL_TO_WRITTEN, new RecentHistogram());
      }
    }

    /**
     * An event that is too large for the topic is trimmed. Null, which the sink skips, if no
     * trimming helps: no event of this job is like that.
     */
    @Override
    public @Nullable ProducerRecord<byte[], byte[]> serialize(
        OutgoingEvent made, KafkaSinkContext context, @Nullable Long timestamp) {
      OutgoingEvent event = EventMask.of(made, privacy);
      measure(event);
      ProducerRecord<byte[], byte[]> whole = produced(event);
      if (RecordSize.fits(whole, maxBytes)) {
        return whole;
      }
      if (tooLarge != null) {
        tooLarge.inc();
      }
      OutgoingEvent trimmed =
          EventTrim.toFit(event, smaller -> RecordSize.fits(produced(smaller), maxBytes));
      LOG.warn(
          "{} to {}: event {} of type {}, {} bytes of JSON, is over the record limit of {} bytes:"
              + " raise the topic's max.message.bytes and the limit",
          trimmed == null ? "Not written" : "Trimmed",
          topic,
          event.id(),
          event.type().ceType(),
          event.data().length,
          maxBytes);
      return trimmed == null ? null : produced(trimmed);
    }

    /** By this machine's clock and the host's; a clock that is ahead gives 0. */
    private void measure(OutgoingEvent event) {
      Instant time = event.time();
      if (latency != null && time != null) {
        latency.update(Math.max(0, Instant.now().toEpochMilli() - millis(time)));
      }
    }

    private static long millis(Instant time) {
      return time.getEpochSecond() * 1_000 + time.getNano() / 1_000_000; // 9999 at the latest
    }

    private ProducerRecord<byte[], byte[]> produced(OutgoingEvent event) {
      byte[] key = event.key() == null ? null : event.key().getBytes(StandardCharsets.UTF_8);
      if (mode == SinkOptions.ContentMode.STRUCTURED) {
        ProducerRecord<byte[], byte[]> structured =
            new ProducerRecord<>(topic, key, StructuredEvent.toBytes(event));
        Sinks.header(structured.headers(), "content-type", "application/cloudevents+json");
        return structured;
      }
      ProducerRecord<byte[], byte[]> produced = new ProducerRecord<>(topic, key, event.data());
      Headers headers = produced.headers();
      Sinks.header(headers, "ce_specversion", "1.0");
      Sinks.header(headers, "ce_id", event.id());
      Sinks.header(headers, "ce_type", event.type().ceType());
      Sinks.header(headers, "ce_source", event.source());
      Sinks.header(headers, "ce_time", event.time());
      Sinks.header(headers, "ce_subject", event.subject());
      Sinks.header(headers, "ce_dataschema", event.type().dataSchema());
      Sinks.header(headers, "content-type", "application/json");
      return produced;
    }
  }
}

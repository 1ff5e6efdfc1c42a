package io.oomstream.kafka;

import io.oomstream.event.DeadLetter;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.flink.connector.kafka.sink.KafkaSink;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/** Dead letters: original key and value, with reason and position in headers. */
public final class DeadLetterSink {
  private DeadLetterSink() {}

  /**
   * @param name unique in the job, because it is part of the names of transactions
   */
  public static KafkaSink<DeadLetter> create(
      KafkaSettings settings, SinkOptions options, String name, String topic) {
    return Sinks.create(
        settings,
        options,
        name,
        new Serializer(topic, options.maxRecordBytes(), options.privacy().dropsText()));
  }

  /**
   * The record's timestamp is left to Kafka, as {@link EventSink}'s is. A record that is too large
   * for the topic, and every one where the log's text must not be written, is written without key
   * and value: the headers have their lengths and the record's position.
   */
  static final class Serializer implements KafkaRecordSerializationSchema<DeadLetter> {
    private static final long serialVersionUID = 1L;

    /** Longest text of a header. */
    private static final int MAX_TEXT = 4096;

    private final String topic;
    private final int maxBytes;
    private final boolean dropsText;

    Serializer(String topic, int maxBytes, boolean dropsText) {
      this.topic = topic;
      this.maxBytes = maxBytes;
      this.dropsText = dropsText;
    }

    @Override
    public ProducerRecord<byte[], byte[]> serialize(
        DeadLetter letter, KafkaSinkContext context, @Nullable Long timestamp) {
      ProducerRecord<byte[], byte[]> produced = withHeaders(letter, letter.key(), letter.value());
      if (!dropsText && RecordSize.fits(produced, maxBytes)) {
        return produced;
      }
      ProducerRecord<byte[], byte[]> without = withHeaders(letter, null, new byte[0]);
      Sinks.header(without.headers(), "oomstream-value-bytes", letter.value().length);
      if (letter.key() != null) {
        Sinks.header(without.headers(), "oomstream-key-bytes", letter.key().length);
      }
      return without;
    }

    private ProducerRecord<byte[], byte[]> withHeaders(
        DeadLetter letter, byte @Nullable [] key, byte[] value) {
      ProducerRecord<byte[], byte[]> produced = new ProducerRecord<>(topic, key, value);
      Headers headers = produced.headers();
      Sinks.header(headers, "oomstream-reason", letter.reason());
      // It may quote the input.
      Sinks.header(headers, "oomstream-detail", dropsText ? null : cut(letter.detail()));
      Sinks.header(headers, "oomstream-topic", letter.topic());
      Sinks.header(headers, "oomstream-partition", letter.partition());
      Sinks.header(headers, "oomstream-offset", letter.offset());
      Sinks.header(
          headers, "oomstream-timestamp", letter.timestamp() < 0 ? null : letter.timestamp());
      Sinks.header(headers, "oomstream-envelope", letter.envelope());
      Sinks.header(headers, "oomstream-host", cut(letter.host()));
      return produced;
    }

    private static @Nullable String cut(@Nullable String text) {
      return text == null || text.length() <= MAX_TEXT ? text : text.substring(0, MAX_TEXT);
    }
  }
}

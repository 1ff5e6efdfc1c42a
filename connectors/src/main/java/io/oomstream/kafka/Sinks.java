package io.oomstream.kafka;

import java.nio.charset.StandardCharsets;
import java.util.Properties;
import org.apache.flink.connector.base.DeliveryGuarantee;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.flink.connector.kafka.sink.KafkaSink;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/** Shared parts of the sinks. */
final class Sinks {
  /** The client's limit for a record before compression. */
  private static final int MAX_REQUEST_BYTES = RecordSize.MAX_PLAIN_BYTES + (1 << 20);

  private Sinks() {}

  static <T> KafkaSink<T> create(
      KafkaSettings settings,
      SinkOptions options,
      String name,
      KafkaRecordSerializationSchema<T> serializer) {
    Properties producer = settings.producer();
    producer.setProperty(ProducerConfig.COMPRESSION_TYPE_CONFIG, "gzip");
    producer.setProperty(
        ProducerConfig.MAX_REQUEST_SIZE_CONFIG, Integer.toString(MAX_REQUEST_BYTES));
    producer.setProperty(
        ProducerConfig.TRANSACTION_TIMEOUT_CONFIG,
        Long.toString(options.transactionTimeout().toMillis()));
    return KafkaSink.<T>builder()
        .setBootstrapServers(settings.bootstrapServers())
        .setKafkaProducerConfig(producer)
        .setDeliveryGuarantee(guarantee(options.delivery()))
        .setTransactionalIdPrefix(options.jobId() + "-" + name)
        .setRecordSerializer(serializer)
        .build();
  }

  /** Adds the header unless the value is null. */
  static void header(Headers headers, String name, @Nullable Object value) {
    if (value != null) {
      headers.add(name, value.toString().getBytes(StandardCharsets.UTF_8));
    }
  }

  private static DeliveryGuarantee guarantee(SinkOptions.Delivery delivery) {
    return switch (delivery) {
      case AT_LEAST_ONCE -> DeliveryGuarantee.AT_LEAST_ONCE;
      case EXACTLY_ONCE -> DeliveryGuarantee.EXACTLY_ONCE;
    };
  }
}

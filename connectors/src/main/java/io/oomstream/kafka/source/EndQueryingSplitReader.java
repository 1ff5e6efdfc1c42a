package io.oomstream.kafka.source;

import io.oomstream.kafka.source.watermark.CaughtUpCheck;
import java.io.IOException;
import java.util.Properties;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.connector.base.source.reader.RecordsWithSplitIds;
import org.apache.flink.connector.kafka.source.reader.KafkaPartitionSplitReader;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * The connector's split reader, which asks Kafka for the ends of silent partitions before each
 * fetch.
 */
final class EndQueryingSplitReader extends KafkaPartitionSplitReader {
  private final ConsumerAccess access;
  private volatile boolean isFetching;

  EndQueryingSplitReader(
      Properties consumer,
      SourceReaderContext context,
      ConsumerAccess access,
      CaughtUpCheck check) {
    super(consumer, context, access);
    this.access = access;
    check.wakeBy(this::endFetch);
  }

  @Override
  public RecordsWithSplitIds<ConsumerRecord<byte[], byte[]>> fetch() throws IOException {
    access.askForSilent();
    isFetching = true;
    try {
      return super.fetch();
    } finally {
      isFetching = false;
    }
  }

  /** Only while it waits for records: a wake-up would break off the connector's other requests. */
  private void endFetch() {
    if (isFetching) {
      wakeUp();
    }
  }
}

package io.oomstream.kafka.source;

import java.io.IOException;
import java.util.Properties;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.connector.base.source.reader.RecordsWithSplitIds;
import org.apache.flink.connector.kafka.source.reader.KafkaPartitionSplitReader;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** The connector's split reader, which asks Kafka about silent partitions before each fetch. */
final class AskingSplitReader extends KafkaPartitionSplitReader {
  private final EndsMetrics metrics;
  private volatile boolean isFetching;

  AskingSplitReader(
      Properties consumer, SourceReaderContext context, EndsMetrics metrics, SilentEnds silent) {
    super(consumer, context, metrics);
    this.metrics = metrics;
    silent.wakeBy(this::endFetch);
  }

  @Override
  public RecordsWithSplitIds<ConsumerRecord<byte[], byte[]>> fetch() throws IOException {
    metrics.askForSilent();
    isFetching = true;
    try {
      return super.fetch();
    } finally {
      isFetching = false;
    }
  }

  /** Only while it waits for records: what else the connector asks Kafka bears no second call. */
  private void endFetch() {
    if (isFetching) {
      wakeUp();
    }
  }
}

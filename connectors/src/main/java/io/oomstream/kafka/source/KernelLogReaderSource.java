package io.oomstream.kafka.source;

import io.oomstream.format.line.RawRecord;
import java.io.IOException;
import java.util.Properties;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.api.java.typeutils.ResultTypeQueryable;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.connector.base.source.reader.RecordsWithSplitIds;
import org.apache.flink.connector.base.source.reader.synchronization.FutureCompletingBlockingQueue;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.enumerator.KafkaSourceEnumState;
import org.apache.flink.connector.kafka.source.reader.KafkaPartitionSplitReader;
import org.apache.flink.connector.kafka.source.reader.fetcher.KafkaSourceFetcherManager;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * The connector's Kafka source with a reader whose records say how long they lay ({@link
 * PartitionEnds}). Enumeration and state are the connector's own, so a savepoint of either is one
 * of the other. The reader is put together from the connector's parts, as {@link
 * KafkaSource#createReader} does: that is the one place that leaves its public interface.
 */
final class KernelLogReaderSource
    implements Source<RawRecord, KafkaPartitionSplit, KafkaSourceEnumState>,
        ResultTypeQueryable<RawRecord> {
  private static final long serialVersionUID = 1L;

  private final KafkaSource<RawRecord> kafka;
  private final ExistingTopics topics;
  private final Properties reader;
  private final Properties admin;

  /**
   * @param kafka for all but reading
   * @param topics what that source reads
   * @param reader the consumer's properties
   * @param admin the admin client's
   */
  KernelLogReaderSource(
      KafkaSource<RawRecord> kafka, ExistingTopics topics, Properties reader, Properties admin) {
    this.kafka = kafka;
    this.topics = topics;
    this.reader = reader;
    this.admin = admin;
  }

  @Override
  public SourceReader<RawRecord, KafkaPartitionSplit> createReader(SourceReaderContext context) {
    PartitionEnds ends = new PartitionEnds();
    EndsMetrics metrics = new EndsMetrics(context.metricGroup(), ends);
    FutureCompletingBlockingQueue<RecordsWithSplitIds<ConsumerRecord<byte[], byte[]>>> queue =
        new FutureCompletingBlockingQueue<>();
    Configuration configuration = new Configuration();
    reader
        .stringPropertyNames()
        .forEach(name -> configuration.setString(name, reader.getProperty(name)));
    return new KernelLogReader(
        queue,
        new KafkaSourceFetcherManager(
            queue, () -> new KafkaPartitionSplitReader(reader, context, metrics), finished -> {}),
        new RecordEmission(
            ends,
            context.metricGroup().counter(KernelLogSource.TIMES_OUT_OF_BOUNDS),
            System::currentTimeMillis),
        configuration,
        context,
        metrics,
        admin);
  }

  @Override
  public Boundedness getBoundedness() {
    return kafka.getBoundedness();
  }

  @Override
  public SplitEnumerator<KafkaPartitionSplit, KafkaSourceEnumState> createEnumerator(
      SplitEnumeratorContext<KafkaPartitionSplit> context) {
    return ending(kafka.createEnumerator(context), context);
  }

  @Override
  public SplitEnumerator<KafkaPartitionSplit, KafkaSourceEnumState> restoreEnumerator(
      SplitEnumeratorContext<KafkaPartitionSplit> context, KafkaSourceEnumState checkpoint)
      throws IOException {
    return ending(kafka.restoreEnumerator(context, checkpoint), context);
  }

  private SplitEnumerator<KafkaPartitionSplit, KafkaSourceEnumState> ending(
      SplitEnumerator<KafkaPartitionSplit, KafkaSourceEnumState> enumerator,
      SplitEnumeratorContext<KafkaPartitionSplit> context) {
    return getBoundedness() == Boundedness.BOUNDED
        ? new EndOfNothing(enumerator, context, topics)
        : enumerator;
  }

  @Override
  public SimpleVersionedSerializer<KafkaPartitionSplit> getSplitSerializer() {
    return kafka.getSplitSerializer();
  }

  @Override
  public SimpleVersionedSerializer<KafkaSourceEnumState> getEnumeratorCheckpointSerializer() {
    return kafka.getEnumeratorCheckpointSerializer();
  }

  @Override
  public TypeInformation<RawRecord> getProducedType() {
    return kafka.getProducedType();
  }
}

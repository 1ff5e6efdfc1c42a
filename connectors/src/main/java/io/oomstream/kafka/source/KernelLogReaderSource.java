package io.oomstream.kafka.source;

import io.oomstream.format.line.RawRecord;
import io.oomstream.kafka.source.watermark.CaughtUpCheck;
import io.oomstream.kafka.source.watermark.IdlePartitions;
import io.oomstream.kafka.source.watermark.PartitionEnds;
import java.io.IOException;
import java.io.Serializable;
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
import org.apache.flink.connector.kafka.source.reader.fetcher.KafkaSourceFetcherManager;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.metrics.groups.SourceReaderMetricGroup;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * The connector's Kafka source with a reader whose records say how long they lay ({@link
 * PartitionEnds}), or which reads them itself ({@link RecordReading}). Enumeration is the
 * connector's own; a split's state has what the reading must know behind the connector's bytes, so
 * a savepoint of the connector's source is one of this. The reader is put together from the
 * connector's parts, as {@link KafkaSource#createReader} does: that is the one place that leaves
 * its public interface.
 */
final class KernelLogReaderSource<T>
    implements Source<T, KafkaPartitionSplit, KafkaSourceEnumState>, ResultTypeQueryable<T> {
  private static final long serialVersionUID = 1L;

  /** Makes the emitter of a reader: it decides what becomes of the records. */
  interface Emitters<T> extends Serializable {
    TypeInformation<T> type();

    KernelLogEmitter<T> open(PartitionEnds ends, SourceReaderMetricGroup metrics);
  }

  private final Emitters<T> emitters;
  private final KafkaSource<RawRecord> kafka;
  private final ExistingTopics topics;
  private final Properties reader;
  private final Properties admin;
  private final long outOfOrdernessMs;
  private final long idlenessMs;

  /**
   * @param emitters what becomes of the records
   * @param kafka for all but reading
   * @param topics what that source reads
   * @param reader the consumer's properties
   * @param admin the admin client's
   * @param outOfOrdernessMs how far event time stays behind the newest record
   * @param idlenessMs after what time without records a partition is idle, if it is read to its
   *     end; zero for never
   */
  KernelLogReaderSource(
      Emitters<T> emitters,
      KafkaSource<RawRecord> kafka,
      ExistingTopics topics,
      Properties reader,
      Properties admin,
      long outOfOrdernessMs,
      long idlenessMs) {
    this.emitters = emitters;
    this.kafka = kafka;
    this.topics = topics;
    this.reader = reader;
    this.admin = admin;
    this.outOfOrdernessMs = outOfOrdernessMs;
    this.idlenessMs = idlenessMs;
  }

  @Override
  public SourceReader<T, KafkaPartitionSplit> createReader(SourceReaderContext context) {
    PartitionEnds ends = new PartitionEnds();
    CaughtUpCheck check = new CaughtUpCheck();
    ConsumerAccess access = new ConsumerAccess(context.metricGroup(), ends, check);
    FutureCompletingBlockingQueue<RecordsWithSplitIds<ConsumerRecord<byte[], byte[]>>> queue =
        new FutureCompletingBlockingQueue<>();
    Configuration configuration = new Configuration();
    reader
        .stringPropertyNames()
        .forEach(name -> configuration.setString(name, reader.getProperty(name)));
    return new KernelLogReader<>(
        queue,
        new KafkaSourceFetcherManager(
            queue,
            () -> new EndQueryingSplitReader(reader, context, access, check),
            finished -> {}),
        emitters.open(ends, context.metricGroup()),
        configuration,
        context,
        access,
        admin,
        outOfOrdernessMs,
        new IdlePartitions(idlenessMs, check, System::currentTimeMillis));
  }

  @Override
  public Boundedness getBoundedness() {
    return kafka.getBoundedness();
  }

  @Override
  public SplitEnumerator<KafkaPartitionSplit, KafkaSourceEnumState> createEnumerator(
      SplitEnumeratorContext<KafkaPartitionSplit> context) {
    return withFirstDiscovery(kafka.createEnumerator(context), context);
  }

  @Override
  public SplitEnumerator<KafkaPartitionSplit, KafkaSourceEnumState> restoreEnumerator(
      SplitEnumeratorContext<KafkaPartitionSplit> context, KafkaSourceEnumState checkpoint)
      throws IOException {
    return withFirstDiscovery(kafka.restoreEnumerator(context, checkpoint), context);
  }

  private SplitEnumerator<KafkaPartitionSplit, KafkaSourceEnumState> withFirstDiscovery(
      SplitEnumerator<KafkaPartitionSplit, KafkaSourceEnumState> enumerator,
      SplitEnumeratorContext<KafkaPartitionSplit> context) {
    return new FirstDiscovery(enumerator, context, topics, getBoundedness() == Boundedness.BOUNDED);
  }

  @Override
  public SimpleVersionedSerializer<KafkaPartitionSplit> getSplitSerializer() {
    return new KernelLogSplitSerializer(kafka.getSplitSerializer());
  }

  @Override
  public SimpleVersionedSerializer<KafkaSourceEnumState> getEnumeratorCheckpointSerializer() {
    return kafka.getEnumeratorCheckpointSerializer();
  }

  @Override
  public TypeInformation<T> getProducedType() {
    return emitters.type();
  }
}

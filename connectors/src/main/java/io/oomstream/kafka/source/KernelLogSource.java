package io.oomstream.kafka.source;

import io.oomstream.format.line.RawRecord;
import io.oomstream.format.line.RecordTime;
import io.oomstream.kafka.KafkaSettings;
import io.oomstream.kafka.RepeatedKey;
import io.oomstream.kafka.TopicCheck;
import io.oomstream.kafka.source.watermark.ClockCheckedWatermarks;
import io.oomstream.kafka.source.watermark.FullyReadWatermarks;
import io.oomstream.kafka.source.watermark.IdlePartitions;
import io.oomstream.kafka.source.watermark.IdleWatermarks;
import io.oomstream.kafka.source.watermark.PartitionEnds;
import io.oomstream.kafka.source.watermark.ProgressWatermarks;
import java.io.Serializable;
import java.time.Duration;
import java.util.Locale;
import java.util.Properties;
import java.util.function.Supplier;
import org.apache.flink.api.common.eventtime.WatermarkGenerator;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.KafkaSourceBuilder;
import org.apache.flink.connector.kafka.source.KafkaSourceOptions;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.flink.metrics.groups.SourceReaderMetricGroup;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.OffsetResetStrategy;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Kernel log records as they are, and event time from the records' own timestamps. */
public final class KernelLogSource {
  private KernelLogSource() {}

  /** Of the source's reader: records whose time cannot be, and was bounded. */
  public static final String TIMES_OUT_OF_BOUNDS = "recordTimesOutOfBounds";

  private static final String DISCOVERY_MS = "30000";

  /**
   * The source; every record of the topics comes out, whatever is in it. Topics that do not exist
   * bring nothing, and are found within half a minute after they are made.
   */
  public static Source<RawRecord, ?, ?> create(KafkaSettings settings, SourceOptions options) {
    return create(settings, options, new WholeRecords());
  }

  /** The same source, where only what the reading makes of the records comes out. */
  public static <T> Source<T, ?, ?> create(
      KafkaSettings settings, SourceOptions options, RecordReading<T> reading) {
    return create(settings, options, new ReadRecords<>(reading));
  }

  private static <T> Source<T, ?, ?> create(
      KafkaSettings settings, SourceOptions options, KernelLogReaderSource.Emitters<T> emitters) {
    ExistingTopics topics = new ExistingTopics(options.topics());
    OffsetsInitializer start = start(options.start());
    Properties consumer = consumer(settings, options);
    consumer.putIfAbsent(KafkaSourceOptions.PARTITION_DISCOVERY_INTERVAL_MS.key(), DISCOVERY_MS);
    KafkaSourceBuilder<RawRecord> source =
        KafkaSource.<RawRecord>builder()
            .setProperties(consumer)
            .setBootstrapServers(settings.bootstrapServers())
            .setGroupId(settings.groupId())
            .setStartingOffsets(start)
            .setKafkaSubscriber(topics)
            .setDeserializer(new RawRecordDeserializer());
    if (options.bounded()) {
      source.setBounded(OffsetsInitializer.latest());
    }
    return new KernelLogReaderSource<>(
        emitters,
        source.build(),
        topics,
        reader(settings, options, start),
        admin(settings),
        options.outOfOrderness().toMillis(),
        options.idleness().toMillis());
  }

  private record WholeRecords() implements KernelLogReaderSource.Emitters<RawRecord> {
    @Override
    public TypeInformation<RawRecord> type() {
      return TypeInformation.of(RawRecord.class);
    }

    @Override
    public KernelLogEmitter<RawRecord> open(PartitionEnds ends, SourceReaderMetricGroup metrics) {
      return new RawRecordEmitter(
          ends, metrics.counter(TIMES_OUT_OF_BOUNDS), System::currentTimeMillis);
    }
  }

  private record ReadRecords<T>(RecordReading<T> reading)
      implements KernelLogReaderSource.Emitters<T> {
    @Override
    public TypeInformation<T> type() {
      return reading.type();
    }

    @Override
    public KernelLogEmitter<T> open(PartitionEnds ends, SourceReaderMetricGroup metrics) {
      return new ReadingEmitter<>(
          reading,
          reading.open(metrics),
          ends,
          metrics.counter(TIMES_OUT_OF_BOUNDS),
          System::currentTimeMillis);
    }
  }

  private static Properties admin(KafkaSettings settings) {
    Properties p = settings.admin();
    String millis = Long.toString(TopicCheck.DEFAULT_TIMEOUT.toMillis());
    p.setProperty(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, millis);
    p.setProperty(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, millis);
    return p;
  }

  /** The reader's consumer, as the connector's builder sets it up. */
  private static Properties reader(
      KafkaSettings settings, SourceOptions options, OffsetsInitializer start) {
    Properties p = consumer(settings, options);
    p.setProperty(ConsumerConfig.GROUP_ID_CONFIG, settings.groupId());
    p.setProperty(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, RepeatedKey.class.getName());
    p.setProperty(
        ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class.getName());
    p.setProperty(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
    p.setProperty(
        ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
        start.getAutoOffsetResetStrategy().name().toLowerCase(Locale.ROOT));
    return p;
  }

  /** Clients of one name in one process would register their metrics under each other's. */
  private static Properties consumer(KafkaSettings settings, SourceOptions options) {
    Properties p = settings.consumer();
    String reads = options.topics().isEmpty() ? "nothing" : options.topics().get(0);
    p.putIfAbsent(KafkaSourceOptions.CLIENT_ID_PREFIX.key(), settings.groupId() + "-" + reads);
    return p;
  }

  /**
   * Event time is the record's timestamp within the bounds of {@link RecordTime}, followed per
   * partition when passed to {@code fromSource}. A log line's own time is data, and a record's time
   * that shows a wrong clock does not count ({@link ClockCheckedWatermarks}): one host with a wrong
   * clock must not make the others late. Which partitions are idle is decided by the reader, which
   * knows what is not read yet ({@link IdlePartitions}), and not by Flink's own strategy, which has
   * only a clock.
   */
  public static WatermarkStrategy<RawRecord> watermarks(SourceOptions options) {
    Duration outOfOrderness = options.outOfOrderness();
    return watermarks(
        options,
        (Serializable & Supplier<WatermarkGenerator<RawRecord>>)
            () ->
                new ClockCheckedWatermarks<>(
                    outOfOrderness, System::currentTimeMillis, RawRecord::readWithinMs));
  }

  /** The same for a table, which must be read to its end once before event time begins. */
  public static WatermarkStrategy<RawRecord> watermarksOfTable(SourceOptions options) {
    Duration outOfOrderness = options.outOfOrderness();
    return watermarks(
        options,
        (Serializable & Supplier<WatermarkGenerator<RawRecord>>)
            () ->
                new FullyReadWatermarks(
                    new FullyReadWatermarks.State(),
                    new ClockCheckedWatermarks<>(
                        outOfOrderness, System::currentTimeMillis, RawRecord::readWithinMs),
                    System::currentTimeMillis));
  }

  /** The same, from a reading's marks of progress. */
  public static <T> WatermarkStrategy<T> watermarks(
      SourceOptions options, RecordReading<T> reading) {
    Duration outOfOrderness = options.outOfOrderness();
    return watermarks(
        options,
        (Serializable & Supplier<WatermarkGenerator<T>>)
            () ->
                new ProgressWatermarks<>(
                    reading::isProgress,
                    new ClockCheckedWatermarks<>(
                        outOfOrderness, System::currentTimeMillis, reading::readWithinMs)));
  }

  private static <T> WatermarkStrategy<T> watermarks(
      SourceOptions options, Supplier<WatermarkGenerator<T>> generator) {
    if (options.topics().isEmpty()) {
      return WatermarkStrategy.forGenerator(context -> new IdleWatermarks<>());
    }
    return WatermarkStrategy.forGenerator(context -> generator.get());
  }

  private static OffsetsInitializer start(SourceOptions.Start start) {
    return switch (start) {
      case EARLIEST -> OffsetsInitializer.earliest();
      case LATEST -> OffsetsInitializer.latest();
      case COMMITTED -> OffsetsInitializer.committedOffsets(OffsetResetStrategy.EARLIEST);
    };
  }
}

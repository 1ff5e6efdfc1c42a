package io.oomstream.kafka;

import io.oomstream.format.RawRecord;
import java.time.Duration;
import java.util.regex.Pattern;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.KafkaSourceBuilder;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.kafka.clients.consumer.OffsetResetStrategy;

/** Kernel log records as they are, and event time from the records' own timestamps. */
public final class KernelLogSource {
  private KernelLogSource() {}

  /** The source; every record of the topics comes out, whatever is in it. */
  public static KafkaSource<RawRecord> create(KafkaSettings settings, SourceOptions options) {
    KafkaSourceBuilder<RawRecord> source =
        KafkaSource.<RawRecord>builder()
            .setProperties(settings.consumer())
            .setBootstrapServers(settings.bootstrapServers())
            .setGroupId(settings.groupId())
            .setStartingOffsets(start(options.start()))
            .setDeserializer(new RawRecordDeserializer());
    if (options.topicPattern() == null) {
      source.setTopics(options.topics());
    } else {
      source.setTopicPattern(Pattern.compile(options.topicPattern()));
    }
    if (options.bounded()) {
      source.setBounded(OffsetsInitializer.latest());
    }
    return source.build();
  }

  /**
   * Event time is the record's timestamp, followed per partition when passed to {@code fromSource}.
   * A log line's own time is data, and a record's time that cannot be does not count ({@link
   * SteadyWatermarks}): one host with a wrong clock must not make the others late.
   */
  public static WatermarkStrategy<RawRecord> watermarks(SourceOptions options) {
    Duration outOfOrderness = options.outOfOrderness();
    WatermarkStrategy<RawRecord> strategy =
        WatermarkStrategy.forGenerator(
            context -> new SteadyWatermarks<>(outOfOrderness, System::currentTimeMillis));
    return options.idleness().isZero() ? strategy : strategy.withIdleness(options.idleness());
  }

  private static OffsetsInitializer start(SourceOptions.Start start) {
    return switch (start) {
      case EARLIEST -> OffsetsInitializer.earliest();
      case LATEST -> OffsetsInitializer.latest();
      case COMMITTED -> OffsetsInitializer.committedOffsets(OffsetResetStrategy.EARLIEST);
    };
  }
}

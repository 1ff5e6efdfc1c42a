package io.oomstream.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.oomstream.format.line.RawRecord;
import io.oomstream.kafka.local.LocalBroker;
import io.oomstream.kafka.local.TopicWriter;
import io.oomstream.kafka.source.KernelLogSource;
import io.oomstream.kafka.source.SourceOptions;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.apache.flink.util.CloseableIterator;
import org.apache.flink.util.Collector;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Which partitions hold back event time, on a real client and a real broker. */
class IdlePartitionsTest {
  private static final long T0 = 1_700_000_000_000L;
  private static final int RECORDS = 600;

  @RegisterExtension private static final MiniClusterExtension CLUSTER = KafkaJobs.cluster();

  private static LocalBroker broker;

  @BeforeAll
  static void startBroker() {
    broker = LocalBroker.start();
  }

  @AfterAll
  static void closeBroker() {
    broker.close();
  }

  /** A client hands out what it has fetched of one partition before it turns to the next. */
  @Test
  void aBacklogThatIsReadSlowlyPartitionByPartitionMakesNothingLate() throws Exception {
    broker.createTopic("slow", 3);
    write("slow", 0, RECORDS);
    write("slow", 1, RECORDS);
    write("slow", 2, RECORDS);
    try (Reading reading = new Reading("slow", 1, 2)) {
      long late = 0;
      for (int i = 0; i < 3 * RECORDS; i++) {
        late = Math.max(late, reading.next());
      }
      assertThat(late).as("milliseconds behind event time").isZero();
    }
  }

  /** One partition is empty, and one has been read to its end. */
  @Test
  void whatIsReadToItsEndHoldsNobody() throws Exception {
    broker.createTopic("ended", 3);
    write("ended", 0, 1);
    assertEventTimeComes("ended", 1);
  }

  @Test
  void aReaderThatIsGivenNoPartitionHoldsNobody() throws Exception {
    broker.createTopic("only", 1);
    write("only", 0, 1);
    assertEventTimeComes("only", 0);
  }

  /** To the record before, while records come into the partition. */
  private static void assertEventTimeComes(String topic, int partition) throws Exception {
    try (Reading reading = new Reading(topic, 2, 0);
        TopicWriter writer = new TopicWriter(broker.bootstrapServers())) {
      reading.next();
      long behind = Long.MIN_VALUE;
      for (int i = 1; behind < -1_001; i++) {
        send(writer, topic, partition, i);
        writer.flush();
        behind = reading.next();
        Thread.sleep(50);
      }
      assertThat(behind).isEqualTo(-1_001);
    }
  }

  private static void write(String topic, int partition, int records) {
    try (TopicWriter writer = new TopicWriter(broker.bootstrapServers())) {
      for (int i = 0; i < records; i++) {
        send(writer, topic, partition, i);
      }
    }
  }

  private static void send(TopicWriter writer, String topic, int partition, int i) {
    byte[] value = ("r" + i).getBytes(StandardCharsets.UTF_8);
    writer.send(topic, partition, null, value, T0 + 1_000L * i, Map.of());
  }

  /**
   * By how much each record is behind event time: below zero where it is ahead, and the least
   * number where there is no event time yet.
   */
  private static final class Reading implements AutoCloseable {
    private final CloseableIterator<Long> behind;
    private final JobClient job;

    Reading(String topic, int parallelism, long pauseMs) throws Exception {
      KafkaSettings settings =
          new KafkaSettings(broker.bootstrapServers(), "idle-" + topic, Map.of());
      SourceOptions source =
          new SourceOptions(
              List.of(topic),
              SourceOptions.Start.EARLIEST,
              false,
              Duration.ZERO,
              Duration.ofMillis(500));
      StreamExecutionEnvironment env = KafkaJobs.environment(0);
      env.setParallelism(parallelism);
      env.getConfig().setAutoWatermarkInterval(20);
      DataStream<RawRecord> records =
          env.fromSource(
              KernelLogSource.create(settings, source), KernelLogSource.watermarks(source), "in");
      // In the source's thread, or behind all readers.
      var collected =
          (parallelism == 1 ? records : records.rebalance())
              .process(new Behind(pauseMs))
              .returns(Types.LONG)
              .collectAsync();
      job = env.executeAsync("idle");
      behind = collected;
    }

    long next() {
      return behind.next();
    }

    @Override
    public void close() throws Exception {
      job.cancel().get();
      behind.close();
    }
  }

  private static final class Behind extends ProcessFunction<RawRecord, Long> {
    private static final long serialVersionUID = 1L;
    private final long pauseMs;

    Behind(long pauseMs) {
      this.pauseMs = pauseMs;
    }

    @Override
    public void processElement(RawRecord record, Context context, Collector<Long> out)
        throws Exception {
      Thread.sleep(pauseMs);
      long eventTime = context.timerService().currentWatermark();
      out.collect(eventTime == Long.MIN_VALUE ? eventTime : eventTime - record.timestamp());
    }
  }
}

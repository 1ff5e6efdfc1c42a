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
import java.util.Optional;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.apache.flink.util.CloseableIterator;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A real client's word for how long records lay, and topics that are made while the job runs. */
class LiveReadingTest {
  private static final long DAY = 86_400_000;
  private static final int BACKLOG = 3_000;

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

  @Test
  void aWriterADayBehindIsKnownToBeReadAtOnceAndABacklogIsNot() throws Exception {
    broker.createTopic("behind", 1);
    write("behind", BACKLOG, -DAY);
    try (Reading reading = new Reading("behind")) {
      for (int i = 0; i < BACKLOG / 2; i++) {
        assertThat(reading.next().readWithinMs()).isEqualTo(RawRecord.UNKNOWN);
      }
      long within = RawRecord.UNKNOWN;
      for (int i = BACKLOG / 2; within == RawRecord.UNKNOWN; i++) {
        if (i >= BACKLOG) {
          write("behind", 1, -DAY);
        }
        within = reading.next().readWithinMs();
      }
      assertThat(within).isLessThan(Duration.ofMinutes(1).toMillis());
    }
  }

  @Test
  void nobodyIsSuspectedWhereTheBrokerStamps() throws Exception {
    try (Admin admin = Admin.create(KafkaJobs.settings(broker, "g").admin())) {
      admin
          .createTopics(
              List.of(
                  new NewTopic("stamped", Optional.of(1), Optional.empty())
                      .configs(Map.of("message.timestamp.type", "LogAppendTime"))))
          .all()
          .get();
    }
    long before = System.currentTimeMillis();
    write("stamped", 20, -DAY);
    try (Reading reading = new Reading("stamped")) {
      for (int i = 0; i < 20; i++) {
        RawRecord raw = reading.next();
        assertThat(raw.readWithinMs()).isEqualTo(RawRecord.UNKNOWN);
        assertThat(raw.timestamp()).isGreaterThanOrEqualTo(before - 1_000);
      }
    }
  }

  @Test
  void aTopicThatIsMadeLaterIsRead() throws Exception {
    broker.createTopic("early", 1);
    write("early", 1, 0);
    try (Reading reading = new Reading("early", "made-later")) {
      assertThat(reading.next().topic()).isEqualTo("early");
      broker.createTopic("made-later", 2);
      write("made-later", 2, 0);
      assertThat(reading.next().topic()).isEqualTo("made-later");
      assertThat(reading.next().offset()).isEqualTo(1);
    }
  }

  private static void write(String topic, int records, long distance) {
    try (TopicWriter writer = new TopicWriter(broker.bootstrapServers())) {
      for (int i = 0; i < records; i++) {
        byte[] value = ("r" + i).getBytes(StandardCharsets.UTF_8);
        writer.send(topic, 0, null, value, System.currentTimeMillis() + distance, Map.of());
      }
    }
  }

  /** An unbounded job, and what comes out of it. */
  private static final class Reading implements AutoCloseable {
    private final CloseableIterator<RawRecord> records;
    private final JobClient job;

    Reading(String... topics) throws Exception {
      KafkaSettings settings =
          new KafkaSettings(
              broker.bootstrapServers(),
              "live-" + topics[0],
              Map.of("partition.discovery.interval.ms", "200"));
      SourceOptions source =
          new SourceOptions(
              List.of(topics),
              SourceOptions.Start.EARLIEST,
              false,
              Duration.ZERO,
              Duration.ofSeconds(1));
      StreamExecutionEnvironment env = KafkaJobs.environment(0);
      var collected =
          env.fromSource(
                  KernelLogSource.create(settings, source),
                  KernelLogSource.watermarks(source),
                  "in")
              .collectAsync();
      job = env.executeAsync("live");
      records = collected;
    }

    RawRecord next() {
      return records.next();
    }

    @Override
    public void close() throws Exception {
      job.cancel().get();
      records.close();
    }
  }
}

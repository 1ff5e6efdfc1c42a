package io.oomstream.function;

import static org.assertj.core.api.Assertions.assertThat;

import io.oomstream.cli.input.CollectingSink;
import io.oomstream.config.JobConfig;
import io.oomstream.event.DeadLetter;
import io.oomstream.event.OutgoingEvent;
import io.oomstream.format.line.RawRecord;
import io.oomstream.function.Deliveries.Delivery;
import io.oomstream.lab.LabLogs;
import io.oomstream.pipeline.LocalCluster;
import io.oomstream.pipeline.OomPipeline;
import io.oomstream.state.Types;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.common.eventtime.WatermarkGenerator;
import org.apache.flink.api.common.eventtime.WatermarkOutput;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.functions.MapFunction;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Two hundred hosts at once over eight partitions in a cluster: whether their records come in
 * order, or shuffled and doubled and with failures, at any parallelism, the events are the same,
 * byte for byte.
 */
class FleetOrderTest {

  private static final int HOSTS = 200;
  private static final int PARTITIONS = 8;

  @RegisterExtension static final MiniClusterExtension FLINK = LocalCluster.withSlots(4);

  @Test
  void shuffledDoubledAndWithFailuresTheEventsAreThoseOfTheOrderedRun() throws Exception {
    List<LabLogs.LabLog> logs =
        List.of(
            LabLogs.one("6.1.0-50-amd64", "03-memcg2-kube", "kmsg.log"),
            LabLogs.one("6.1.0-50-amd64", "05-oom-group", "kmsg.log"));
    List<LabLogs.LabLog> hosts = new ArrayList<>();
    for (int host = 0; host < HOSTS; host++) {
      hosts.add(logs.get(host % logs.size()));
    }
    Deliveries ordered = Deliveries.inOrder(hosts, PARTITIONS, 5, 430);
    Map<String, String> expected = run(ordered, 1, Integer.MAX_VALUE);
    assertThat(expected.keySet().stream().filter(id -> id.startsWith("KILL")))
        .hasSize(HOSTS / 2 + 3 * HOSTS / 2);
    for (int parallelism = 1; parallelism <= 4; parallelism++) {
      Deliveries shuffled = ordered.disturbed(parallelism, 5_000, 0.05);
      int failAt = parallelism == 1 ? Integer.MAX_VALUE : parallelism * 2_500;
      OrderProperties.assertSame(run(shuffled, parallelism, failAt), expected);
    }
  }

  /**
   * All events by id.
   *
   * @param failAt the record at which the job fails for once
   */
  private static Map<String, String> run(Deliveries deliveries, int parallelism, int failAt)
      throws Exception {
    Configuration flink = new Configuration();
    flink.set(PipelineOptions.GENERIC_TYPES, false);
    flink.set(CoreOptions.DEFAULT_PARALLELISM, parallelism);
    flink.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofMillis(50));
    flink.set(RestartStrategyOptions.RESTART_STRATEGY, "fixed-delay");
    flink.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_DELAY, Duration.ofMillis(10));
    StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment(flink);
    FailsOnce.left.set(failAt);
    DataStream<RawRecord> records =
        env.fromData(
                Types.RAW_RECORD,
                deliveries.all().stream().map(Delivery::record).toArray(RawRecord[]::new))
            .assignTimestampsAndWatermarks(
                WatermarkStrategy.<RawRecord>forGenerator(context -> new EveryRecord())
                    .withTimestampAssigner((record, before) -> record.timestamp()))
            .map(new FailsOnce())
            .returns(Types.RAW_RECORD)
            .setParallelism(1)
            .rebalance();
    CollectingSink<OutgoingEvent> kills = new CollectingSink<>();
    CollectingSink<OutgoingEvent> signals = new CollectingSink<>();
    CollectingSink<OutgoingEvent> blocks = new CollectingSink<>();
    CollectingSink<DeadLetter> deadLetters = new CollectingSink<>();
    OomPipeline.build(
        DecodeFunction.read(records, JobConfig.defaults().decodeSettings()),
        JobConfig.defaults(),
        new OomPipeline.Sinks(kills, signals, blocks, deadLetters));
    env.execute("fleet " + parallelism);
    assertThat(FailsOnce.left.get() <= 0)
        .as("failed, where asked to")
        .isEqualTo(failAt != Integer.MAX_VALUE);
    Map<String, String> events = new TreeMap<>();
    for (CollectingSink<OutgoingEvent> sink : List.of(kills, signals, blocks)) {
      for (OutgoingEvent event : sink.take()) {
        String id = event.type() + " " + event.id();
        String value = new String(event.data(), StandardCharsets.UTF_8);
        String other = events.put(id, value);
        assertThat(other == null || other.equals(value)).as("the repeat of " + id).isTrue();
      }
    }
    deadLetters.take();
    return events;
  }

  /** Event time two seconds behind the newest record, told at every tenth. */
  private static final class EveryRecord implements WatermarkGenerator<RawRecord> {
    private long newest = Long.MIN_VALUE;
    private int records;

    @Override
    public void onEvent(RawRecord record, long timestamp, WatermarkOutput output) {
      newest = Math.max(newest, timestamp);
      if (++records % 10 == 0) {
        output.emitWatermark(new Watermark(newest - 2_001));
      }
    }

    @Override
    public void onPeriodicEmit(WatermarkOutput output) {}
  }

  /** Fails at one record of all, whichever attempt reads it. */
  private static final class FailsOnce implements MapFunction<RawRecord, RawRecord> {
    private static final long serialVersionUID = 1L;
    static final AtomicInteger left = new AtomicInteger();

    @Override
    public RawRecord map(RawRecord record) {
      if (left.decrementAndGet() == 0) {
        throw new IllegalStateException("the failure that the test asks for");
      }
      return record;
    }
  }
}

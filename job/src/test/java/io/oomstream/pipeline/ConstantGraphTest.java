package io.oomstream.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.oomstream.config.JobConfig;
import io.oomstream.state.Uids;
import java.lang.reflect.Field;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.graph.StreamGraph;
import org.apache.flink.streaming.api.graph.StreamNode;
import org.junit.jupiter.api.Test;

/** The same operators under the same uids, whatever is configured; no Kafka is asked for it. */
class ConstantGraphTest {

  @Test
  void everyConfigurationGivesTheSameOperators() throws Exception {
    Map<String, String> plain = operators(Map.of());

    assertThat(operators(Map.of("rules.topic", "kernel.oom.rules"))).isEqualTo(plain);
    assertThat(operators(Map.of("workloads.topic", "kernel.workloads"))).isEqualTo(plain);
    assertThat(operators(Map.of("output.blocks.enabled", "false"))).isEqualTo(plain);
    assertThat(operators(Map.of("input.snapshots.topics", "a;b;c", "input.topics", "x;y")))
        .isEqualTo(plain);
    assertThat(operators(Map.of("delivery.guarantee", "exactly-once")).keySet())
        .isEqualTo(plain.keySet());
    assertThat(operators(Map.of("kafka.stop-at-end", "true"))).isEqualTo(plain);
  }

  @Test
  void everyOperatorHasAUidOfOurs() throws Exception {
    Set<String> ours = new TreeSet<>();
    for (Field field : Uids.class.getFields()) {
      ours.add((String) field.get(null));
    }
    ours.remove(Uids.NO_RULES);
    Set<String> found = new TreeSet<>();
    for (String uid : operators(Map.of()).keySet()) {
      assertThat(ours).as(uid).anyMatch(uid::endsWith);
      ours.stream().filter(uid::endsWith).forEach(found::add);
    }
    assertThat(found).isEqualTo(ours);
  }

  /** Names by uid. */
  private static Map<String, String> operators(Map<String, String> options) throws Exception {
    Map<String, String> all = new TreeMap<>(options);
    all.put("kafka.bootstrap.servers", "127.0.0.1:9");
    StreamExecutionEnvironment env =
        StreamExecutionEnvironment.getExecutionEnvironment(new Configuration());
    KafkaPipeline.build(env, JobConfig.of(all));
    assertThat(env.getConfiguration().get(PipelineOptions.AUTO_GENERATE_UIDS)).isFalse();
    StreamGraph graph = env.getStreamGraph();
    assertThat(graph.getJobGraph().getNumberOfVertices()).isPositive();
    Map<String, String> operators = new TreeMap<>();
    for (StreamNode node : graph.getStreamNodes()) {
      assertThat(node.getTransformationUID()).as(node.getOperatorName()).isNotNull();
      assertThat(operators.put(node.getTransformationUID(), node.getOperatorName())).isNull();
    }
    return operators;
  }
}

package io.oomstream.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.fasterxml.jackson.databind.JsonNode;
import io.oomstream.config.OomOptions;
import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.ClusterOptions;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.ExecutionOptions;
import org.apache.flink.configuration.HighAvailabilityOptions;
import org.apache.flink.configuration.JobManagerOptions;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.MetricOptions;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.configuration.WebOptions;
import org.apache.flink.runtime.clusterframework.TaskExecutorProcessUtils;
import org.apache.flink.runtime.jobmanager.JobManagerProcessUtils;
import org.apache.flink.state.rocksdb.RocksDBConfigurableOptions;
import org.apache.flink.state.rocksdb.RocksDBOptions;
import org.junit.jupiter.api.Test;

/** What the CRD does not look into: the keys and values of flinkConfiguration. */
class FlinkConfigurationTest {

  private static final List<Class<?>> OPTION_CLASSES =
      List.of(
          CheckpointingOptions.class,
          ClusterOptions.class,
          CoreOptions.class,
          ExecutionOptions.class,
          HighAvailabilityOptions.class,
          JobManagerOptions.class,
          MetricOptions.class,
          PipelineOptions.class,
          RestOptions.class,
          RestartStrategyOptions.class,
          RocksDBConfigurableOptions.class,
          RocksDBOptions.class,
          StateBackendOptions.class,
          StateRecoveryOptions.class,
          TaskManagerOptions.class,
          WebOptions.class);

  /** Named by the user (reporters), or read by the operator and not by the job (kubernetes). */
  private static final List<String> OPEN_PREFIXES = List.of("metrics.reporter.", "kubernetes.");

  @Test
  void everyKeyIsFlinksAndCurrent() throws Exception {
    Map<String, ConfigOption<?>> known = knownOptions();
    assertThat(known)
        .containsKey("execution.checkpointing.interval")
        .doesNotContainKey("execution.checkpointing.intervall")
        .doesNotContainKey("state.checkpoints.dir");

    assertThat(configuration().keySet())
        .filteredOn(key -> OPEN_PREFIXES.stream().noneMatch(key::startsWith))
        .isNotEmpty()
        .allSatisfy(key -> assertThat(known).containsKey(key));
  }

  @Test
  void everyValueIsOneThatItsOptionTakes() throws Exception {
    Map<String, ConfigOption<?>> known = knownOptions();
    Map<String, String> set = configuration();
    Configuration configuration = Configuration.fromMap(set);
    set.keySet().stream()
        .filter(known::containsKey)
        .forEach(
            key ->
                assertThatCode(() -> configuration.get(known.get(key)))
                    .as(key)
                    .doesNotThrowAnyException());
  }

  @Test
  void memoryIsEnoughForFlinksOwnBudget() throws IOException {
    JsonNode spec = Manifests.flinkDeployment().path("spec");
    Configuration configuration = Configuration.fromMap(configuration());
    configuration.set(
        JobManagerOptions.TOTAL_PROCESS_MEMORY,
        MemorySize.parse(spec.at("/jobManager/resource/memory").textValue()));
    configuration.set(
        TaskManagerOptions.TOTAL_PROCESS_MEMORY,
        MemorySize.parse(spec.at("/taskManager/resource/memory").textValue()));
    configuration.set(
        TaskManagerOptions.CPU_CORES, spec.at("/taskManager/resource/cpu").doubleValue());

    assertThat(JobManagerProcessUtils.processSpecFromConfig(configuration).getJvmHeapMemorySize())
        .isGreaterThanOrEqualTo(MemorySize.ofMebiBytes(400));
    assertThat(TaskExecutorProcessUtils.processSpecFromConfig(configuration).getManagedMemorySize())
        .isGreaterThanOrEqualTo(MemorySize.ofMebiBytes(512));
  }

  @Test
  void stateLiesOnTheMountedVolume() throws IOException {
    JsonNode container = Manifests.flinkDeployment().at("/spec/podTemplate/spec/containers/0");
    String mount = "";
    for (JsonNode m : container.path("volumeMounts")) {
      mount = m.path("name").asText().equals("state") ? m.path("mountPath").asText() : mount;
    }
    Map<String, String> set = configuration();
    for (ConfigOption<String> directory :
        List.of(
            CheckpointingOptions.CHECKPOINTS_DIRECTORY,
            CheckpointingOptions.SAVEPOINT_DIRECTORY,
            HighAvailabilityOptions.HA_STORAGE_PATH)) {
      assertThat(set.get(directory.key())).startsWith("file://" + mount + "/");
    }
  }

  @Test
  void metricsAreServedOnTheContainersPort() throws IOException {
    JsonNode port =
        Manifests.flinkDeployment().at("/spec/podTemplate/spec/containers/0/ports/0/containerPort");

    assertThat(configuration()).containsEntry("metrics.reporter.prom.port", port.asText());
  }

  @Test
  void oneTaskManagerHasTheSlotsOfTheJob() throws IOException {
    assertThat(Configuration.fromMap(configuration()).get(TaskManagerOptions.NUM_TASK_SLOTS))
        .isEqualTo(Manifests.flinkDeployment().at("/spec/job/parallelism").intValue());
  }

  /** One failed checkpoint would restart the job and repeat all since the last good one. */
  @Test
  void failedCheckpointsAreBorneForAWhile() throws IOException {
    Configuration set = Configuration.fromMap(configuration());
    int tolerated = set.get(CheckpointingOptions.TOLERABLE_FAILURE_NUMBER);

    assertThat(tolerated).isGreaterThanOrEqualTo(30);
    assertThat(set.get(CheckpointingOptions.CHECKPOINTING_INTERVAL).multipliedBy(tolerated))
        .as("else exactly-once loses what its transactions hold")
        .isLessThan(OomOptions.TRANSACTION_TIMEOUT.defaultValue());
    assertThat(set.get(PipelineOptions.OBJECT_REUSE)).isTrue();
  }

  private static Map<String, String> configuration() throws IOException {
    Map<String, String> configuration = new TreeMap<>();
    Manifests.flinkDeployment()
        .at("/spec/flinkConfiguration")
        .properties()
        .forEach(e -> configuration.put(e.getKey(), e.getValue().textValue()));
    return configuration;
  }

  static Map<String, ConfigOption<?>> knownOptions() throws IllegalAccessException {
    Map<String, ConfigOption<?>> options = new TreeMap<>();
    for (Class<?> c : OPTION_CLASSES) {
      for (Field field : c.getFields()) {
        if (Modifier.isStatic(field.getModifiers())
            && !field.isAnnotationPresent(Deprecated.class)
            && field.get(null) instanceof ConfigOption<?> option) {
          options.put(option.key(), option);
        }
      }
    }
    return options;
  }
}

package io.oomstream.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.ReadableConfig;
import org.junit.jupiter.api.Test;

/** The embedded run behaves as the cluster's. */
class EmbeddedFlinkTest {

  @Test
  void failedCheckpointsAreBorneAndObjectsReused() {
    ReadableConfig set = EmbeddedFlink.unbounded(2, Duration.ofSeconds(10)).getConfiguration();

    assertThat(set.get(CheckpointingOptions.TOLERABLE_FAILURE_NUMBER))
        .isEqualTo(EmbeddedFlink.TOLERABLE_FAILED_CHECKPOINTS)
        .isGreaterThanOrEqualTo(30);
    assertThat(set.get(PipelineOptions.OBJECT_REUSE)).isTrue();
    assertThat(set.get(PipelineOptions.GENERIC_TYPES)).isFalse();
  }
}

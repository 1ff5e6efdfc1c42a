package io.oomstream.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.config.Configuration;
import org.apache.logging.log4j.core.config.ConfigurationSource;
import org.apache.logging.log4j.core.config.Property;
import org.apache.logging.log4j.core.config.properties.PropertiesConfigurationFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The cluster's log is one that a person on call can read. */
class LogConfigurationTest {

  private final LoggerContext context = new LoggerContext("cluster");
  private final List<String> written = new ArrayList<>();

  @BeforeEach
  void readTheManifest() throws IOException {
    String text =
        Manifests.flinkDeployment().at("/spec/logConfiguration/log4j-console.properties").asText();
    Configuration configuration =
        new PropertiesConfigurationFactory()
            .getConfiguration(
                context,
                new ConfigurationSource(
                    new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8))));
    configuration.initialize();
    assertThat(configuration.getAppenders()).containsOnlyKeys("console");
    configuration.getRootLogger().removeAppender("console");
    Kept kept = new Kept();
    kept.start();
    configuration.getRootLogger().addAppender(kept, null, null);
    context.start(configuration);
  }

  @AfterEach
  void stop() {
    context.stop();
  }

  @Test
  void anOutageOfKafkaIsSomeLinesWithItsCause() {
    for (int i = 0; i < 1_000; i++) {
      log("org.apache.kafka.clients.NetworkClient", Level.WARN, "Connection to node 1 failed");
      log("org.apache.kafka.clients.Metadata", Level.INFO, "Rebootstrapping with Cluster");
      log("org.apache.kafka.clients.producer.internals.Sender", Level.WARN, "Got error");
    }

    assertThat(written).filteredOn("Connection to node 1 failed"::equals).hasSizeBetween(1, 3);
    assertThat(written).doesNotContain("Rebootstrapping with Cluster");
    assertThat(written).filteredOn("Got error"::equals).hasSizeBetween(1, 40);
    assertThat(written).hasSizeLessThan(50);
  }

  @Test
  void anErrorIsNeverHeldBack() {
    for (int i = 0; i < 100; i++) {
      log("org.apache.kafka.clients.NetworkClient", Level.ERROR, "error");
      log("org.apache.kafka.common.network.Selector", Level.ERROR, "error");
    }

    assertThat(written).hasSize(200);
  }

  @Test
  void namesOfMetricsThatCollideAreNoNews() {
    log("org.apache.flink.metrics.MetricGroup", Level.WARN, "Name collision");
    log("io.oomstream.cli.RunCommand", Level.WARN, "Waiting to start");
    log("org.apache.flink.runtime.executiongraph.ExecutionGraph", Level.INFO, "RESTARTING");

    assertThat(written).containsExactly("Waiting to start", "RESTARTING");
  }

  private void log(String logger, Level level, String message) {
    context.getLogger(logger).log(level, message);
  }

  private final class Kept extends AbstractAppender {
    Kept() {
      super("kept", null, null, true, Property.EMPTY_ARRAY);
    }

    @Override
    public void append(LogEvent event) {
      written.add(event.getMessage().getFormattedMessage());
    }
  }
}

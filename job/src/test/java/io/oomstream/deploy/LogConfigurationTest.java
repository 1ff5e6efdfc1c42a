package io.oomstream.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.core.Appender;
import org.apache.logging.log4j.core.Layout;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.appender.ConsoleAppender;
import org.apache.logging.log4j.core.config.Configuration;
import org.apache.logging.log4j.core.config.ConfigurationSource;
import org.apache.logging.log4j.core.config.LoggerConfig;
import org.apache.logging.log4j.core.config.Property;
import org.apache.logging.log4j.core.config.properties.PropertiesConfigurationFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The cluster's log is one that a person on call can read. */
class LogConfigurationTest {

  private LoggerContext context = new LoggerContext("cluster");
  private final List<String> written = new ArrayList<>();
  private final List<String> printed = new ArrayList<>();

  @BeforeEach
  void readTheManifest() throws IOException {
    read("text");
  }

  /** As with the variable LOG_FORM set to the form. */
  private void read(String form) throws IOException {
    String manifest =
        Manifests.flinkDeployment().at("/spec/logConfiguration/log4j-console.properties").asText();
    assertThat(manifest).contains("${env:LOG_FORM:-text}");
    String text = form.equals("text") ? manifest : manifest.replace("${env:LOG_FORM:-text}", form);
    Configuration configuration =
        new PropertiesConfigurationFactory()
            .getConfiguration(
                context,
                new ConfigurationSource(
                    new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8))));
    configuration.initialize();
    configuration.getLoggers().values().forEach(this::keepWhatItPrints);
    context.start(configuration);
  }

  private void keepWhatItPrints(LoggerConfig logger) {
    for (Appender console : List.copyOf(logger.getAppenders().values())) {
      assertThat(console).isInstanceOf(ConsoleAppender.class);
      logger.removeAppender(console.getName());
      Kept kept = new Kept(console.getLayout());
      kept.start();
      logger.addAppender(kept, null, null);
    }
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

  @Test
  void aFailureOfEveryTaskIsOneLineEachWithItsCause() {
    Exception failure =
        new IllegalStateException("checkpoint 7 failed", new IOException("Read-only file system"));
    for (String logger :
        List.of(
            "org.apache.flink.runtime.taskmanager.Task",
            "org.apache.flink.runtime.checkpoint.CheckpointFailureManager",
            "org.apache.flink.streaming.runtime.tasks.AsyncCheckpointRunnable")) {
      context.getLogger(logger).warn("trends (1/2) switched from RUNNING to FAILED", failure);
    }

    assertThat(printed)
        .hasSize(3)
        .allSatisfy(
            text ->
                assertThat(text.lines().toList())
                    .hasSize(2)
                    .last()
                    .asString()
                    .contains("java.io.IOException: Read-only file system"));
  }

  @Test
  void whatMadeTheJobFailIsPrintedWithItsTrace() {
    context
        .getLogger("org.apache.flink.runtime.executiongraph.ExecutionGraph")
        .info("trends (1/2) switched from RUNNING to FAILED", new IOException("broken"));

    assertThat(printed).singleElement().asString().contains("\tat io.oomstream.deploy.");
  }

  @Test
  void messagesToAJobManagerThatIsGoneAreNoNews() {
    String executor = "org.apache.flink.runtime.taskexecutor.TaskExecutor";
    log(executor, Level.INFO, "Cannot find task to fail for execution 863c3a_1 with exception:");
    log(executor, Level.INFO, "Receive slot request");

    assertThat(written).containsExactly("Receive slot request");
  }

  /** With components/json-log: one object a line, whatever is in the message and its exception. */
  @Test
  void asJsonEachEventIsOneObjectOnOneLine() throws IOException {
    context.stop();
    context = new LoggerContext("json");
    read("json");
    Exception failure = new IllegalStateException("a \"b\"\nc", new IOException("full"));
    context.getLogger("io.oomstream.Job").error("line 1\nline \"2\"\t\\", failure);
    context.getLogger("org.apache.flink.runtime.taskmanager.Task").warn("FAILED", failure);
    context.getLogger("io.oomstream.Job").info("fine");

    assertThat(printed).hasSize(3);
    List<JsonNode> objects = new ArrayList<>();
    for (String text : printed) {
      assertThat(text.lines()).hasSize(1);
      objects.add(new ObjectMapper().readTree(text));
    }
    assertThat(objects.get(0).path("message").asText()).isEqualTo("line 1\nline \"2\"\t\\");
    assertThat(objects.get(0).path("exception").asText())
        .contains(
            "a \"b\"\nc", "\tat io.oomstream.deploy.", "Caused by: java.io.IOException: full");
    assertThat(objects.get(1).path("exception").asText())
        .contains("java.io.IOException: full")
        .doesNotContain("\tat ");
    assertThat(objects.get(2).path("exception").asText()).isEmpty();
    assertThat(objects)
        .allSatisfy(o -> assertThat(Instant.parse(o.path("time").asText())).isAfter(Instant.EPOCH));
    assertThat(objects.get(2).path("level").asText()).isEqualTo("INFO");
  }

  private void log(String logger, Level level, String message) {
    context.getLogger(logger).log(level, message);
  }

  private final class Kept extends AbstractAppender {
    private final Layout<?> layout;

    Kept(Layout<?> layout) {
      super("kept", null, layout, true, Property.EMPTY_ARRAY);
      this.layout = layout;
    }

    @Override
    public void append(LogEvent event) {
      written.add(event.getMessage().getFormattedMessage());
      printed.add(new String(layout.toByteArray(event), StandardCharsets.UTF_8));
    }
  }
}

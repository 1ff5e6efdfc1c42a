package io.oomstream.deploy;

import io.oomstream.config.JobConfig;
import io.oomstream.kafka.local.LocalBroker;
import io.oomstream.kafka.local.TopicWriter;
import io.oomstream.pipeline.KafkaPipeline;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** What Flink's Prometheus reporter serves while the job runs between real topics. */
final class RegisteredMetrics {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private RegisteredMetrics() {}

  /** The cluster's options: the reporter of the manifests, on a free port. */
  static MiniClusterResourceConfiguration cluster(int port) {
    Configuration flink = new Configuration();
    flink.setString(
        "metrics.reporter.prom.factory.class",
        "org.apache.flink.metrics.prometheus.PrometheusReporterFactory");
    flink.setString("metrics.reporter.prom.port", Integer.toString(port));
    flink.set(RestOptions.BIND_PORT, "0");
    return new MiniClusterResourceConfiguration.Builder()
        .setConfiguration(flink)
        .setNumberTaskManagers(1)
        .setNumberSlotsPerTaskManager(1)
        .build();
  }

  static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  /** Runs the job until it has read a record and completed a checkpoint, and scrapes then. */
  static String scrape(int port) throws Exception {
    try (LocalBroker broker = LocalBroker.start()) {
      for (String topic :
          new String[] {
            "kernel.logs",
            "kernel.oom.kills",
            "kernel.oom.signals",
            "kernel.oom.blocks",
            "kernel.oom.dead-letters"
          }) {
        broker.createTopic(topic, 1);
      }
      try (TopicWriter writer = new TopicWriter(broker.bootstrapServers())) {
        byte[] line = "6,1,2,-;hello".getBytes(StandardCharsets.UTF_8);
        writer.send("kernel.logs", 0, null, line, 1_700_000_000_000L, Map.of());
        writer.flush();
      }
      Configuration flink = new Configuration();
      flink.set(PipelineOptions.GENERIC_TYPES, false);
      flink.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofMillis(300));
      StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment(flink);
      KafkaPipeline.build(
          env, JobConfig.of(Map.of("kafka.bootstrap.servers", broker.bootstrapServers())));
      JobClient job = env.executeAsync("oomstream");
      try {
        return untilItRuns(port);
      } finally {
        job.cancel().get();
      }
    }
  }

  private static String untilItRuns(int port) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/metrics"))
            .timeout(Duration.ofSeconds(10))
            .build();
    HttpClient client = HttpClient.newHttpClient();
    long end = System.nanoTime() + PATIENCE.toNanos();
    String text = "";
    while (System.nanoTime() < end) {
      text = client.send(request, HttpResponse.BodyHandlers.ofString()).body();
      boolean read = text.lines().anyMatch(l -> l.contains("_recordsRead{") && l.endsWith(" 1.0"));
      boolean checkpointed =
          text.lines()
              .anyMatch(l -> l.contains("_numberOfCompletedCheckpoints{") && !l.endsWith(" 0.0"));
      if (read && checkpointed) {
        return text;
      }
      Thread.sleep(200);
    }
    throw new AssertionError("the job did not get under way: " + text);
  }
}

package io.oomstream.rehearsal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** The JobManager's REST interface, as the operator uses it. */
final class Rest {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient client =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
  private final String base;

  Rest(int port) {
    this.base = "http://127.0.0.1:" + port;
  }

  /** Waits until all tasks of the one job run; its id. */
  String awaitRunning() throws InterruptedException {
    return Await.that(
        "the job runs",
        () -> {
          for (JsonNode job : get("/jobs").path("jobs")) {
            String id = job.path("id").asText();
            JsonNode counts = get("/jobs/" + id).path("status-counts");
            int running = counts.path("RUNNING").asInt();
            int all = 0;
            for (JsonNode count : counts) {
              all += count.asInt();
            }
            if (job.path("status").asText().equals("RUNNING") && all > 0 && running == all) {
              return id;
            }
          }
          return null;
        });
  }

  /** Highest parallelism of the job's vertices. */
  int parallelism(String job) throws IOException, InterruptedException {
    int highest = 0;
    for (JsonNode vertex : get("/jobs/" + job).path("vertices")) {
      highest = Math.max(highest, vertex.path("parallelism").asInt());
    }
    return highest;
  }

  /** What the job last restored from: {@code checkpoint 7} or {@code savepoint 3}. */
  String restored(String job) throws IOException, InterruptedException {
    JsonNode restored = get("/jobs/" + job + "/checkpoints").at("/latest/restored");
    return restored.isMissingNode() || restored.isNull()
        ? "nothing"
        : (restored.path("is_savepoint").asBoolean() ? "savepoint " : "checkpoint ")
            + restored.path("id").asInt();
  }

  /** How often the job was restarted since its JobManager came up; -1 if it is not known. */
  int restarts(String job) throws IOException, InterruptedException {
    for (JsonNode metric : get("/jobs/" + job + "/metrics?get=numRestarts")) {
      return metric.path("value").asInt(-1);
    }
    return -1;
  }

  /** When the job last restored, milliseconds since the epoch; 0 if it never did. */
  long restoredAt(String job) throws IOException, InterruptedException {
    return get("/jobs/" + job + "/checkpoints").at("/latest/restored/restore_timestamp").asLong();
  }

  /** Waits for a checkpoint that begins now. */
  void checkpoint(String job) throws IOException, InterruptedException {
    String trigger = post("/jobs/" + job + "/checkpoints", "{\"checkpointType\":\"CONFIGURED\"}");
    completed("/jobs/" + job + "/checkpoints/" + trigger);
  }

  /** Stops the job with a savepoint where the configuration says; the savepoint's place. */
  String stop(String job) throws IOException, InterruptedException {
    String trigger = post("/jobs/" + job + "/stop", "{\"drain\":false}");
    return completed("/jobs/" + job + "/savepoints/" + trigger).path("location").asText();
  }

  private JsonNode completed(String path) throws InterruptedException {
    JsonNode operation =
        Await.that(
            path + " is completed",
            () -> {
              JsonNode state = get(path);
              return state.at("/status/id").asText().equals("COMPLETED")
                  ? state.path("operation")
                  : null;
            });
    if (operation.has("failure-cause")) {
      throw new IllegalStateException(
          path + " failed: " + operation.at("/failure-cause/stack-trace").asText());
    }
    return operation;
  }

  private JsonNode get(String path) throws IOException, InterruptedException {
    return send(HttpRequest.newBuilder(URI.create(base + path)));
  }

  private String post(String path, String body) throws IOException, InterruptedException {
    return send(HttpRequest.newBuilder(URI.create(base + path))
            .header("content-type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body)))
        .path("request-id")
        .asText();
  }

  private JsonNode send(HttpRequest.Builder request) throws IOException, InterruptedException {
    HttpResponse<String> response =
        client.send(
            request.timeout(Duration.ofSeconds(20)).build(), HttpResponse.BodyHandlers.ofString());
    if (response.statusCode() >= 300) {
      throw new IOException(response.statusCode() + ": " + response.body());
    }
    return JSON.readTree(response.body());
  }
}

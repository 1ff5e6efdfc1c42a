package io.oomstream.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/** A real Alertmanager, and who it notifies. */
final class Alertmanager implements AutoCloseable {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration PATIENCE = Duration.ofSeconds(40);

  private final HttpServer person;
  private final List<JsonNode> notified = new CopyOnWriteArrayList<>();
  private final List<String> command;
  private final Path log;
  private Process process;
  private final int port;
  private final HttpClient client = HttpClient.newHttpClient();

  private Alertmanager(String program, Path folder) throws IOException {
    InetAddress here = InetAddress.getLoopbackAddress();
    person = HttpServer.create(new InetSocketAddress(here, 0), 0);
    person.createContext(
        "/",
        exchange -> {
          notified.add(JSON.readTree(exchange.getRequestBody()));
          exchange.sendResponseHeaders(200, -1);
          exchange.close();
        });
    person.start();
    Path config =
        Files.writeString(
            folder.resolve("alertmanager.yml"),
            """
            route:
              receiver: person
              group_by: [alertname, workload, host]
              group_wait: 0s
              group_interval: 1s
              repeat_interval: 1h
            receivers:
              - name: person
                webhook_configs:
                  - url: http://127.0.0.1:%d/
                    send_resolved: true
            """
                .formatted(person.getAddress().getPort()));
    port = RegisteredMetrics.freePort();
    command =
        List.of(
            program,
            "--config.file=" + config,
            "--storage.path=" + folder.resolve("data"),
            "--web.listen-address=127.0.0.1:" + port,
            "--cluster.listen-address=");
    log = folder.resolve("log");
    process = run();
  }

  private Process run() throws IOException {
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(log.toFile())
        .start();
  }

  /** An outage: nobody answers until it resumes. */
  void stop() throws InterruptedException {
    process.destroy();
    process.waitFor();
  }

  void resume() throws IOException, InterruptedException {
    process = run();
    await(() -> get("/-/ready") == 200);
  }

  /** The program's path; empty where the machine has none. */
  static String program() {
    return Stream.of(Objects.requireNonNullElse(System.getenv("PATH"), "").split(":", -1))
        .flatMap(d -> Stream.of(Path.of(d, "prometheus-alertmanager"), Path.of(d, "alertmanager")))
        .filter(Files::isExecutable)
        .map(Path::toString)
        .findFirst()
        .orElse("");
  }

  static Alertmanager start(String program, Path folder) throws Exception {
    Alertmanager made = new Alertmanager(program, folder);
    made.await(() -> made.get("/-/ready") == 200);
    return made;
  }

  /** The answer's status. */
  int post(JsonNode alerts) throws IOException, InterruptedException {
    return send(HttpRequest.newBuilder(uri("/api/v2/alerts"))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofByteArray(JSON.writeValueAsBytes(alerts))))
        .statusCode();
  }

  /** The alerts that it holds now. */
  JsonNode alerts() throws IOException, InterruptedException {
    return JSON.readTree(send(HttpRequest.newBuilder(uri("/api/v2/alerts"))).body());
  }

  /** How often the person was told of this alert, in this state: firing or resolved. */
  long told(String alertname, String status) {
    List<JsonNode> alerts = new ArrayList<>();
    notified.forEach(n -> n.path("alerts").forEach(alerts::add));
    return alerts.stream()
        .filter(a -> a.at("/labels/alertname").asText().equals(alertname))
        .filter(a -> a.path("status").asText().equals(status))
        .count();
  }

  void await(BooleanSupplier holds) throws InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!holds.getAsBoolean()) {
      if (System.nanoTime() > end) {
        throw new AssertionError("not within " + PATIENCE + ": " + notified);
      }
      Thread.sleep(100);
    }
  }

  private int get(String path) {
    try {
      return send(HttpRequest.newBuilder(uri(path))).statusCode();
    } catch (IOException e) {
      return -1;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return -1;
    }
  }

  private URI uri(String path) {
    return URI.create("http://127.0.0.1:" + port + path);
  }

  private HttpResponse<String> send(HttpRequest.Builder request)
      throws IOException, InterruptedException {
    return client.send(
        request.timeout(Duration.ofSeconds(10)).build(),
        HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
  }

  @Override
  public void close() throws InterruptedException {
    stop();
    person.stop(0);
  }
}

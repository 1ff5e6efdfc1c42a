package io.oomstream.bench;

import io.oomstream.kafka.local.LocalBroker;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** A broker in a process of its own, so that its CPU time is not the job's. */
final class BrokerProcess implements AutoCloseable {

  private final Process process;
  private final String servers;

  private BrokerProcess(Process process, String servers) {
    this.process = process;
    this.servers = servers;
  }

  static BrokerProcess start() throws IOException {
    Process process =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-Xmx1g",
                    "-Dlog4j2.configurationFile="
                        + System.getProperty("log4j2.configurationFile", ""),
                    "-cp",
                    System.getProperty("java.class.path"),
                    BrokerProcess.class.getName()))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    BufferedReader out =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    String servers = out.readLine();
    if (servers == null) {
      throw new IOException("the broker did not start");
    }
    return new BrokerProcess(process, servers);
  }

  String servers() {
    return servers;
  }

  /** The child: says where it listens, and ends with its standard input. */
  public static void main(String[] args) throws IOException {
    try (LocalBroker broker = LocalBroker.start()) {
      System.out.println(broker.bootstrapServers());
      System.out.flush();
      while (System.in.read() >= 0) {
        // The parent says nothing; it closes the pipe when it ends.
      }
    }
    System.exit(0);
  }

  @Override
  public void close() throws IOException {
    process.getOutputStream().close();
    try {
      process.waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}

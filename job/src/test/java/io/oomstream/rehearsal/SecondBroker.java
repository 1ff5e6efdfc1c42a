package io.oomstream.rehearsal;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.stream.Stream;
import kafka.tools.StorageTool;

/** A broker that joins the first one's cluster, for what one broker can't show. */
final class SecondBroker {

  static final int NODE = 2;

  private SecondBroker() {}

  /**
   * @param command of the first broker; its last argument is the first one's folder
   */
  static void start(Children children, List<String> command, Path work)
      throws IOException, InterruptedException {
    Path folder = Files.createDirectories(work.resolve("kafka2"));
    Properties first = read(find(work.resolve("kafka"), "server.properties"));
    Properties p = new Properties();
    p.putAll(first);
    String listener = "PLAINTEXT://127.0.0.1:" + Cluster.freePort();
    p.put("process.roles", "broker");
    p.put("node.id", String.valueOf(NODE));
    p.put("listeners", listener);
    p.put("advertised.listeners", listener);
    p.put("log.dirs", folder.resolve("data").toString());
    Path file = folder.resolve("server.properties");
    try (OutputStream out = Files.newOutputStream(file)) {
      p.store(out, null);
    }
    String cluster = read(find(work.resolve("kafka"), "meta.properties")).getProperty("cluster.id");
    int rc =
        StorageTool.execute(
            new String[] {"format", "-t", cluster, "-c", file.toString()},
            new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8));
    if (rc != 0) {
      throw new IOException("the second broker's folder can't be formatted: " + rc);
    }
    List<String> second = new ArrayList<>(command);
    second.set(second.size() - 1, folder.toString());
    children.spoken("broker2", second);
  }

  private static Properties read(Path file) throws IOException {
    Properties p = new Properties();
    try (InputStream in = Files.newInputStream(file)) {
      p.load(in);
    }
    return p;
  }

  private static Path find(Path folder, String name) throws IOException {
    try (Stream<Path> files = Files.walk(folder, 3)) {
      return files.filter(f -> f.endsWith(name)).findFirst().orElseThrow();
    }
  }
}

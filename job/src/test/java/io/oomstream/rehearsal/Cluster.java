package io.oomstream.rehearsal;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.runtime.clusterframework.TaskExecutorProcessUtils;
import org.apache.flink.runtime.jobmanager.JobManagerProcessUtils;
import org.apache.flink.runtime.util.config.memory.ProcessMemoryUtils;
import org.jspecify.annotations.Nullable;

/** One deployment: a JobManager that runs the job as its application, and TaskManagers. */
final class Cluster {

  /** What conf/config.yaml of the distribution adds to every process. */
  private static final List<String> JAVA_OPTIONS =
      Stream.concat(
              Stream.of(
                  "--add-exports=java.base/sun.net.util=ALL-UNNAMED",
                  "--add-exports=java.rmi/sun.rmi.registry=ALL-UNNAMED",
                  "--add-exports=java.security.jgss/sun.security.krb5=ALL-UNNAMED"),
              Stream.of(
                      "lang",
                      "net",
                      "io",
                      "nio",
                      "lang.reflect",
                      "text",
                      "time",
                      "util",
                      "util.concurrent",
                      "util.concurrent.atomic",
                      "util.concurrent.locks")
                  .map(p -> "--add-opens=java.base/java." + p + "=ALL-UNNAMED"))
          .toList();

  private static final int FIRST_PORT = 15_000;

  /** Where Linux begins to take ports for clients (net.ipv4.ip_local_port_range). */
  private static final int CLIENT_PORTS = 32_768;

  private final Image image;
  private final Children children;
  private final String lib;
  private final Path conf;
  private final Configuration configuration;
  private final Map<String, String> environment = new TreeMap<>();
  private final int restPort;
  private final String name;
  private @Nullable Process jobManager;
  private final List<Process> taskManagers = new ArrayList<>();

  /**
   * @param name its place in the high availability store, if nothing else is said
   * @param replaced what of the configuration can't be what it is on Kubernetes
   */
  Cluster(Image image, Children children, String lib, String name, Map<String, String> replaced)
      throws IOException {
    this.image = image;
    this.children = children;
    this.lib = lib;
    this.name = name;
    this.restPort = freePort();
    Map<String, String> values = new TreeMap<>(image.flinkConfiguration());
    values.put("high-availability.cluster-id", name);
    values.putAll(replaced);
    values.put("jobmanager.rpc.address", "127.0.0.1");
    values.put("jobmanager.rpc.port", String.valueOf(freePort()));
    values.put("jobmanager.bind-host", "127.0.0.1");
    values.put("taskmanager.host", "127.0.0.1");
    values.put("taskmanager.bind-host", "127.0.0.1");
    values.put("rest.address", "127.0.0.1");
    values.put("rest.bind-address", "127.0.0.1");
    values.put("rest.port", String.valueOf(restPort));
    values.put("rest.bind-port", String.valueOf(restPort));
    this.configuration = Configuration.fromMap(values);
    this.conf = Files.createDirectories(image.path("/opt/flink/conf-" + name));
    Files.write(
        conf.resolve("config.yaml"),
        values.entrySet().stream()
            .map(e -> e.getKey() + ": '" + e.getValue().replace("'", "''") + "'")
            .toList(),
        StandardCharsets.UTF_8);
    Files.writeString(
        conf.resolve("log4j.properties"), image.logConfiguration(), StandardCharsets.UTF_8);
    environment.put("FLINK_CONF_DIR", conf.toString());
    environment.put("FLINK_LIB_DIR", image.path("/opt/flink/lib").toString());
    environment.put("FLINK_PLUGINS_DIR", image.path("/opt/flink/plugins").toString());
  }

  Rest rest() {
    return new Rest(restPort);
  }

  Configuration configuration() {
    return configuration;
  }

  void startJobManager(@Nullable String savepoint) throws IOException {
    var spec = JobManagerProcessUtils.processSpecFromConfig(configuration);
    List<String> command =
        jvm(JobManagerProcessUtils.generateJvmParametersStr(spec, configuration));
    command.add("org.apache.flink.container.entrypoint.StandaloneApplicationClusterEntryPoint");
    command.addAll(List.of("--configDir", conf.toString()));
    command.addAll(dynamic(JobManagerProcessUtils.generateDynamicConfigsStr(spec)));
    command.addAll(List.of("--job-classname", image.entryClass()));
    if (savepoint != null) {
      command.addAll(List.of("--fromSavepoint", savepoint));
    }
    command.addAll(image.args());
    jobManager = children.java(name + "-jobmanager", command, environment);
  }

  void startTaskManager() throws IOException {
    int number = taskManagers.size() + 1;
    var spec = TaskExecutorProcessUtils.processSpecFromConfig(configuration);
    List<String> command = jvm(ProcessMemoryUtils.generateJvmParametersStr(spec));
    command.add("org.apache.flink.runtime.taskexecutor.TaskManagerRunner");
    command.addAll(List.of("--configDir", conf.toString()));
    command.addAll(dynamic(TaskExecutorProcessUtils.generateDynamicConfigsStr(spec)));
    command.addAll(List.of("-D", "taskmanager.resource-id=taskmanager-" + number));
    taskManagers.add(children.java(name + "-taskmanager-" + number, command, environment));
  }

  /** The one that was started last. */
  void killTaskManager() throws InterruptedException {
    Children.kill(taskManagers.get(taskManagers.size() - 1));
  }

  /** All that were ever started, dead or alive. */
  List<Process> taskManagers() {
    return taskManagers;
  }

  Process jobManager() {
    return Objects.requireNonNull(jobManager);
  }

  String name() {
    return name;
  }

  void killJobManager() throws InterruptedException {
    Children.kill(Objects.requireNonNull(jobManager));
  }

  void kill() throws InterruptedException {
    killJobManager();
    for (Process taskManager : taskManagers) {
      Children.kill(taskManager);
    }
  }

  /**
   * Not of the kernel's range for clients: there a connection that somebody makes while the
   * listener is dead may come from its own port, and take it.
   */
  static int freePort() {
    int range = CLIENT_PORTS - FIRST_PORT;
    int begin = ThreadLocalRandom.current().nextInt(range);
    for (int i = 0; i < range; i++) {
      int port = FIRST_PORT + (begin + i) % range;
      try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
        return socket.getLocalPort();
      } catch (BindException e) {
        continue;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    throw new IllegalStateException("no free port");
  }

  private List<String> jvm(String parameters) {
    List<String> command = new ArrayList<>(Arrays.asList(parameters.strip().split(" +", -1)));
    command.addAll(JAVA_OPTIONS);
    command.add("-Dlog4j.configurationFile=" + conf.resolve("log4j.properties"));
    command.add("-Dlog4j2.configurationFile=" + conf.resolve("log4j.properties"));
    command.addAll(List.of("-cp", lib + File.pathSeparator + conf));
    return command;
  }

  /** {@code -D key=value -D …} as separate arguments. */
  private static List<String> dynamic(String configs) {
    return Arrays.asList(configs.strip().split(" +", -1));
  }
}

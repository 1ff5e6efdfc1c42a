package io.oomstream.rehearsal;

import io.oomstream.config.JobConfig;
import io.oomstream.config.OomOptions;
import io.oomstream.kafka.local.TopicReader;
import io.oomstream.pipeline.KafkaPipeline;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.jspecify.annotations.Nullable;

/**
 * The deployment and its fleet while something happens to it: broker, JobManager and two
 * TaskManagers as processes of their own, made anew for each fault, and at the end the same records
 * through a job that nothing disturbs.
 */
final class FaultRun implements AutoCloseable {

  /** The reference reads to the end of its input, where every episode closes. */
  private static final String CLOSING = "\"phase\":\"CLOSED\"";

  private static final List<String> OUTPUTS =
      List.of("output.kills.topic", "output.signals.topic", "output.blocks.topic");

  private static final String DEAD_LETTERS = "output.dead-letters.topic";
  private static final String NEXT_VERSION = "rehearsed-upgrade";
  private static final Duration PATIENCE = Duration.ofSeconds(120);

  private static final double MINUTE = 60;

  /** No event for so long, and all records read: there is nothing more to come. */
  private static final double QUIET_SECONDS = 5;

  private final Path repository;
  private final Path work;
  private final Path logs;
  private final Children children;
  private final MemoryWatch memory = new MemoryWatch();
  private final List<LiveFleet.Shipped> fleet;
  private final boolean exactlyOnce;
  private final Release release;
  private final Map<String, String> options;
  private final int zooKeeperPort;
  private final String servers;
  private final Topics topics;
  private final List<Cluster> clusters = new ArrayList<>();
  private Process broker;
  private @Nullable Release next;
  private @Nullable Feed feed;
  private @Nullable EventWatch events;
  private String job = "";
  private long struckNs = Long.MAX_VALUE;

  FaultRun(Path repository, Path work, List<LiveFleet.Shipped> fleet, boolean exactlyOnce)
      throws Exception {
    this.repository = repository;
    this.work = work;
    this.logs = Files.createDirectories(work.resolve("logs"));
    this.children = new Children(logs);
    this.fleet = fleet;
    this.exactlyOnce = exactlyOnce;
    Children.Spoken spoken = children.spoken("broker", brokerCommand());
    this.broker = spoken.process();
    this.servers = spoken.line();
    memory.add("broker", broker);
    this.topics = new Topics(servers);
    this.release = Release.layOut(repository, work, "image", replacedOptions(), classPath());
    this.options = release.image().options();
    this.zooKeeperPort = Pods.startZooKeeper(children, work, release.lib());
  }

  /** The job on its cluster, and the fleet begins to write. */
  void begin() throws Exception {
    createTopics();
    startCluster(release, 2, null, 2);
    awaitRunning();
    watch();
    startFeed();
  }

  void createTopics() throws InterruptedException {
    topics.create(input(), LiveFleet.PARTITIONS);
    for (String topic : outputs()) {
      topics.create(topic, 2);
      topics.create(reference(topic), 2);
    }
  }

  /** A JobManager and TaskManagers; the ones before must be gone. */
  void startCluster(Release image, int parallelism, @Nullable String savepoint, int taskManagers)
      throws IOException {
    Map<String, String> replaced = new TreeMap<>(Pods.replaced(zooKeeperPort));
    replaced.put("parallelism.default", String.valueOf(parallelism));
    // Each TaskManager has a part of the job, whichever dies.
    replaced.put("taskmanager.load-balance.mode", "SLOTS");
    // The machine may be busy with other things: a pause is not a death.
    replaced.put("heartbeat.interval", "2 s");
    replaced.put("heartbeat.timeout", "10 s");
    Cluster cluster =
        new Cluster(image.image(), children, image.lib(), "cluster" + clusters.size(), replaced);
    clusters.add(cluster);
    cluster.startJobManager(savepoint);
    for (int i = 0; i < taskManagers; i++) {
      cluster.startTaskManager();
    }
    remember();
  }

  void startFeed() {
    Feed started = Feed.live(servers, input(), fleet);
    feed = started;
    started.start();
  }

  /** All records at once, as if the job had been away for that long. */
  void writeBacklog(Duration span) {
    Feed written = Feed.backlog(servers, input(), fleet, span);
    feed = written;
    written.writeAll();
  }

  void watch() {
    events =
        new EventWatch(
            servers,
            OUTPUTS.stream().map(this::option).toList(),
            exactlyOnce
                ? TopicReader.Isolation.READ_COMMITTED
                : TopicReader.Isolation.READ_UNCOMMITTED);
  }

  void awaitRunning() throws InterruptedException {
    job = cluster().rest().awaitRunning();
  }

  /** Returns at that second of the fleet's life, if that is a minute; sooner in a shorter one. */
  void at(double second) throws InterruptedException {
    feed().await(second * fleet.get(fleet.size() - 1).second() / MINUTE);
  }

  void sleep(Duration time) throws InterruptedException {
    Thread.sleep(time.toMillis());
  }

  /** From now on it matters how long nothing comes. */
  void strike() {
    struckNs = Math.min(struckNs, System.nanoTime());
  }

  /** A TaskManager by the order of their starts. */
  void killTaskManager(int index) throws InterruptedException {
    Children.kill(cluster().taskManagers().get(index));
  }

  void startTaskManager() throws IOException {
    cluster().startTaskManager();
    remember();
  }

  void restartJobManager() throws Exception {
    cluster().killJobManager();
    cluster().startJobManager(null);
    remember();
  }

  void killBroker() throws InterruptedException {
    Children.kill(broker);
  }

  void startBroker() throws IOException {
    broker = children.spoken("broker", brokerCommand()).process();
    memory.add("broker", broker);
  }

  /** A second broker, which then leads what the coordinators keep. */
  void moveCoordinators() throws Exception {
    SecondBroker.start(children, brokerCommand(), work);
    topics.moveInternal(SecondBroker.NODE);
  }

  /** As SIGSTOP does to a process, or a hypervisor to a machine. */
  void freezeTaskManager(int index, Duration time) throws Exception {
    Process process = cluster().taskManagers().get(index);
    Children.signal(process, "STOP");
    sleep(time);
    Children.signal(process, "CONT");
  }

  /** Nothing can be written where checkpoints are kept. */
  void sealStorage(Duration time) throws Exception {
    Path volumes = work.resolve("volumes");
    StorageSeal.set(volumes, true);
    try {
      sleep(time);
    } finally {
      StorageSeal.set(volumes, false);
    }
  }

  /** The job again from its savepoint, at another parallelism or from the next image. */
  void redeploy(int parallelism, boolean upgrade) throws Exception {
    String savepoint = cluster().rest().stop(job);
    cluster().kill();
    Release image = release;
    if (upgrade) {
      release.image().withdraw();
      image = Release.layOut(repository, work, "next-image", replacedOptions(), classPath());
      image.image().release(NEXT_VERSION);
      next = image;
    }
    startCluster(image, parallelism, savepoint, 2);
    awaitRunning();
  }

  /** The topic and all in it go; what came of it before is known. */
  void deleteTopic(String option) throws InterruptedException {
    feed().pause(true);
    Await.that(PATIENCE, "no event is on its way", () -> events().quiet() > 4 ? true : null);
    topics.delete(option(option));
    feed().pause(false);
  }

  void createTopic(String option) throws InterruptedException {
    topics.create(option(option), 2);
    events().reopen(option(option));
  }

  /** Lets the fleet write its last record and time pass, stops the job and compares. */
  FaultResult finish(String name) throws Exception {
    feed().awaitEnd();
    feed().passTime();
    String problem = "";
    try {
      awaitRunning();
      awaitReadToEnd();
      Await.that(PATIENCE, "events end", () -> events().quiet() > QUIET_SECONDS ? true : null);
      cluster().rest().stop(job);
      Await.that(PATIENCE, "last events", () -> events().quiet() > 2 ? true : null);
    } catch (IllegalStateException | IOException e) {
      problem = "never came to its end (" + e.getMessage() + ")";
    }
    memory.stop();
    double silence = struckNs == Long.MAX_VALUE ? 0 : events().longestSilence(struckNs);
    Map<String, List<String>> found = events().values();
    for (Cluster cluster : clusters) {
      cluster.kill();
    }
    Map<String, List<String>> expected = reference();
    LogCount log = LogCount.of(logs, "cluster");
    Files.write(work.resolve("log-summary.txt"), log.kinds(), StandardCharsets.UTF_8);
    List<String> differences = FaultResult.differences(expected, found, CLOSING, exactlyOnce);
    Files.write(work.resolve("differences.txt"), differences, StandardCharsets.UTF_8);
    Files.write(
        work.resolve("other-contents.txt"),
        FaultResult.otherContents(expected, found),
        StandardCharsets.UTF_8);
    return new FaultResult(
        name,
        feed().size(),
        found.size(),
        found.values().stream().mapToInt(List::size).sum() - found.size(),
        differences,
        problem,
        silence,
        memory.of("jobmanager"),
        memory.of("taskmanager"),
        log);
  }

  @Override
  public void close() throws Exception {
    topics.close();
    if (feed != null) {
      feed.close();
    }
    if (events != null) {
      events.close();
    }
    memory.stop();
    children.close();
  }

  Cluster cluster() {
    return clusters.get(clusters.size() - 1);
  }

  Release release() {
    return next == null ? release : next;
  }

  private Feed feed() {
    return Objects.requireNonNull(feed);
  }

  private EventWatch events() {
    return Objects.requireNonNull(events);
  }

  private void remember() {
    memory.add("jobmanager", cluster().jobManager());
    cluster().taskManagers().forEach(process -> memory.add("taskmanager", process));
  }

  /** Offsets are committed with checkpoints: what is committed is in the state. */
  private void awaitReadToEnd() throws Exception {
    String group = JobConfig.of(options).get(OomOptions.GROUP_ID);
    Await.that(
        PATIENCE,
        "all records are read",
        () -> {
          if (topics.readToEnd(group, input())) {
            return true;
          }
          cluster().rest().checkpoint(job);
          return null;
        });
  }

  private Map<String, List<String>> reference() throws Exception {
    Map<String, String> undisturbed = new TreeMap<>(options);
    for (String key : OUTPUTS) {
      undisturbed.put(key, reference(option(key)));
    }
    undisturbed.put(DEAD_LETTERS, reference(option(DEAD_LETTERS)));
    undisturbed.put("kafka.group.id", "reference");
    undisturbed.put("kafka.start-from", "earliest");
    undisturbed.put("kafka.stop-at-end", "true");
    undisturbed.put("delivery.guarantee", "at-least-once");
    StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
    env.setParallelism(2);
    KafkaPipeline.build(env, JobConfig.of(undisturbed));
    env.execute("reference");
    return topics.events(OUTPUTS.stream().map(key -> reference(option(key))).toList());
  }

  private Map<String, String> replacedOptions() {
    Map<String, String> replaced = new TreeMap<>();
    replaced.put("kafka.bootstrap.servers", servers);
    if (exactlyOnce) {
      replaced.put("delivery.guarantee", "exactly-once");
    }
    return replaced;
  }

  private List<String> brokerCommand() {
    return List.of(
        "-Xmx400m",
        "-Dlog4j2.configurationFile="
            + repository.resolve("job/src/main/launcher/log4j2.properties"),
        "-cp",
        String.join(File.pathSeparator, classPath()),
        BrokerProcess.class.getName(),
        work.resolve("kafka").toString());
  }

  private static List<String> classPath() {
    return Arrays.asList(System.getProperty("java.class.path").split(File.pathSeparator, -1));
  }

  private String input() {
    return options.getOrDefault("input.topics", "kernel.logs");
  }

  private String option(String key) {
    return Objects.requireNonNull(options.get(key), key);
  }

  private List<String> outputs() {
    List<String> outputs = new ArrayList<>();
    OUTPUTS.forEach(key -> outputs.add(option(key)));
    outputs.add(option(DEAD_LETTERS));
    return outputs;
  }

  private static String reference(String topic) {
    return topic + ".reference";
  }
}

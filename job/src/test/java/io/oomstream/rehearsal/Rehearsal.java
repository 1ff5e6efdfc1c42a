package io.oomstream.rehearsal;

import io.oomstream.config.JobConfig;
import io.oomstream.kafka.local.TopicWriter;
import io.oomstream.pipeline.KafkaPipeline;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * The deployment's life without a cluster: started as the image and the manifests say, stopped with
 * a savepoint and upgraded in mid-block to another image, its TaskManager and its JobManager
 * killed, rolled back from the new image's checkpoint and from the savepoint of the upgrade, and at
 * the end held against a run that nothing disturbed. Each step is a line on standard output; the
 * exit code is not 0 if the events are not the same.
 */
public final class Rehearsal {
  /**
   * The reference reads to the end of its input, where every episode closes; the deployment is
   * stopped with its episodes in the savepoint.
   */
  private static final String CLOSING = "\"phase\":\"CLOSED\"";

  private static final List<String> OUTPUTS =
      List.of("output.kills.topic", "output.signals.topic", "output.blocks.topic");

  private static final String DEAD_LETTERS = "output.dead-letters.topic";

  private static final String NEXT_VERSION = "rehearsed-upgrade";

  private final CutFleet fleet = new CutFleet();
  private final long begin = System.nanoTime();
  private final Path work;
  private final Children children;
  private final String servers;
  private final Topics topics;
  private final Release old;
  private final Release next;
  private final Map<String, String> options;
  private final int zooKeeperPort;

  private Rehearsal(Path repository, Path work) throws Exception {
    this.work = work;
    Path logs = Files.createDirectories(work.resolve("logs"));
    this.children = new Children(logs);
    List<String> classPath =
        Arrays.asList(System.getProperty("java.class.path").split(File.pathSeparator, -1));
    this.servers =
        children.firstLine(
            "broker",
            List.of(
                "-Xmx400m",
                "-Dlog4j2.configurationFile="
                    + repository.resolve("job/src/main/launcher/log4j2.properties"),
                "-cp",
                String.join(File.pathSeparator, classPath),
                BrokerProcess.class.getName(),
                work.resolve("kafka").toString()));
    this.topics = new Topics(servers);
    // The one option that names something of the cluster; and a busy machine may take longer from
    // part to part than a host may be silent.
    Map<String, String> replaced =
        Map.of("kafka.bootstrap.servers", servers, "assemble.stall-time", "10 min");
    this.old = Release.layOut(repository, work, "image", replaced, classPath);
    this.next = Release.layOut(repository, work, "next-image", replaced, classPath);
    next.image().release(NEXT_VERSION);
    next.image().withdraw();
    this.options = old.image().options();
    this.zooKeeperPort = Pods.startZooKeeper(children, work, old.lib());
    say("broker " + servers + ", jar " + old.image().version() + ", " + old.image().args());
  }

  /** Two arguments: the repository, and an empty or new folder for everything that is written. */
  public static void main(String[] args) throws Exception {
    Path work = Files.createDirectories(Path.of(args[1]).toAbsolutePath());
    int exit = 1;
    try {
      Rehearsal rehearsal = new Rehearsal(Path.of(args[0]).toAbsolutePath().normalize(), work);
      exit = rehearsal.run() ? 0 : 1;
      rehearsal.topics.close();
      rehearsal.children.close();
    } catch (Exception e) {
      e.printStackTrace();
    } finally {
      System.out.flush();
      Runtime.getRuntime().halt(exitAfterHooks(exit));
    }
  }

  private static int exitAfterHooks(int exit) {
    ProcessHandle.current().descendants().forEach(ProcessHandle::destroyForcibly);
    return exit;
  }

  private boolean run() throws Exception {
    String input = options.getOrDefault("input.topics", "kernel.logs");
    topics.create(input, CutFleet.partitions());
    for (String key : outputs()) {
      topics.create(options.get(key), 2);
      topics.create(reference(options.get(key)), 2);
    }
    try (TopicWriter writer = new TopicWriter(servers)) {
      Cluster first = cluster(old, "first", Pods.replaced(zooKeeperPort));
      first.startJobManager(null);
      first.startTaskManager();
      String job = first.rest().awaitRunning();
      say("running at parallelism " + first.rest().parallelism(job));
      feed(writer, input, 0, first, job);
      String savepoint = first.rest().stop(job);
      first.kill();
      say("stopped with " + shown(savepoint) + " in mid-block, events so far: " + written());

      old.image().withdraw();
      next.image().bringBack();
      Map<String, String> upgrade = new TreeMap<>(Pods.replaced(zooKeeperPort));
      upgrade.put("parallelism.default", "1");
      Cluster second = cluster(next, "second", upgrade);
      second.startJobManager(savepoint);
      second.startTaskManager();
      job = second.rest().awaitRunning();
      say("upgraded: " + stand(next, second, job));
      feed(writer, input, 1, second, job);

      second.killTaskManager();
      second.startTaskManager();
      job = restoredAgain(second, job);
      feed(writer, input, 2, second, job);
      say("TaskManager killed, resumed from " + second.rest().restored(job));

      second.killJobManager();
      second.startJobManager(savepoint);
      job = second.rest().awaitRunning();
      say("JobManager killed, resumed from " + second.rest().restored(job));

      // As upgradeMode last-state: the old image finds the new one's checkpoint by the cluster's
      // id.
      second.kill();
      StoredJobGraph.remove(second.configuration());
      next.image().withdraw();
      old.image().bringBack();
      upgrade.put("high-availability.cluster-id", "second");
      Cluster third = cluster(old, "third", upgrade);
      third.startJobManager(null);
      third.startTaskManager();
      job = third.rest().awaitRunning();
      say("rolled back: " + stand(old, third, job));
      fleet.send(writer, input, 3);
      CutFleet.passTime(writer, input);
      Await.that("events are written", () -> written() > 0 ? true : null);
      third.killTaskManager();
      third.startTaskManager();
      job = restoredAgain(third, job);
      awaitReadToEnd(third, job, input);
      third.rest().stop(job);
      third.kill();
      say("TaskManager killed while events were written, resumed and stopped");

      replayFromTheUpgradesSavepoint(savepoint);
    }
    return compare();
  }

  /** What a release is started from that can't read the newer one's state. */
  private void replayFromTheUpgradesSavepoint(String savepoint) throws Exception {
    Map<String, Integer> before = timesWritten();
    Cluster fourth = cluster(old, "fourth", Pods.replaced(zooKeeperPort));
    fourth.startJobManager(savepoint);
    fourth.startTaskManager();
    String job = fourth.rest().awaitRunning();
    Await.that(
        "all events are written again",
        () -> {
          Map<String, Integer> now = timesWritten();
          return before.entrySet().stream().allMatch(e -> now.get(e.getKey()) > e.getValue())
              ? true
              : null;
        });
    String stand = stand(old, fourth, job);
    fourth.rest().stop(job);
    fourth.kill();
    say("rolled back: " + stand + " of the upgrade, all " + before.size() + " ids again");
  }

  private Cluster cluster(Release release, String name, Map<String, String> replaced)
      throws IOException {
    return new Cluster(release.image(), children, release.lib(), name, replaced);
  }

  private static String stand(Release release, Cluster cluster, String job) throws Exception {
    return "release "
        + release.image().version()
        + ", parallelism "
        + cluster.rest().parallelism(job)
        + ", from "
        + cluster.rest().restored(job);
  }

  /**
   * A new TaskManager is there when the job has restored once more, be it from the same checkpoint.
   */
  private static String restoredAgain(Cluster cluster, String job) throws Exception {
    long before = cluster.rest().restoredAt(job);
    Await.that(
        "the loss of the TaskManager is noticed",
        () -> cluster.rest().restoredAt(job) == before ? null : true);
    return cluster.rest().awaitRunning();
  }

  private void feed(TopicWriter writer, String input, int part, Cluster cluster, String job)
      throws Exception {
    int sent = fleet.send(writer, input, part);
    awaitReadToEnd(cluster, job, input);
    say("part " + (part + 1) + ": " + sent + " lines read and in a checkpoint");
  }

  /** Offsets are committed with checkpoints: what is committed is in the state. */
  private void awaitReadToEnd(Cluster cluster, String job, String input) throws Exception {
    String group = JobConfig.of(options).get(io.oomstream.config.OomOptions.GROUP_ID);
    Await.that(
        "all lines are read",
        () -> {
          if (topics.readToEnd(group, input)) {
            return true;
          }
          cluster.rest().checkpoint(job);
          return null;
        });
  }

  private int written() {
    return timesWritten().values().stream().mapToInt(Integer::intValue).sum();
  }

  private Map<String, Integer> timesWritten() {
    Map<String, Integer> times = new TreeMap<>();
    topics
        .events(OUTPUTS.stream().map(options::get).toList())
        .forEach((id, events) -> times.put(id, events.size()));
    return times;
  }

  /** The same lines through an undisturbed job, event by event. */
  private boolean compare() throws Exception {
    Map<String, String> undisturbed = new TreeMap<>(options);
    outputs().forEach(key -> undisturbed.put(key, reference(options.get(key))));
    undisturbed.put("kafka.group.id", "reference");
    undisturbed.put("kafka.start-from", "earliest");
    undisturbed.put("kafka.stop-at-end", "true");
    StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
    env.setParallelism(2);
    KafkaPipeline.build(env, JobConfig.of(undisturbed));
    env.execute("reference");

    Map<String, List<String>> expected =
        topics.events(OUTPUTS.stream().map(k -> reference(options.get(k))).toList());
    Map<String, List<String>> found = topics.events(OUTPUTS.stream().map(options::get).toList());
    List<String> faults = new ArrayList<>();
    expected.forEach(
        (id, events) -> {
          if (!found.containsKey(id)) {
            if (!events.get(0).contains(CLOSING)) {
              faults.add("missing: " + id);
            }
          } else if (found.get(id).stream().anyMatch(e -> !e.equals(events.get(0)))) {
            faults.add("another content: " + id);
          }
        });
    found.keySet().stream()
        .filter(k -> !expected.containsKey(k))
        .forEach(k -> faults.add("not expected: " + k));
    int repeats = found.values().stream().mapToInt(List::size).sum() - found.size();
    long kills = found.keySet().stream().filter(k -> k.contains(".kill.")).count();
    say(
        "ids expected "
            + expected.size()
            + ", found "
            + found.size()
            + ", kills "
            + kills
            + ", repeats with the same id "
            + repeats);
    faults.forEach(this::say);
    return faults.isEmpty() && kills >= fleet.hosts();
  }

  private List<String> outputs() {
    List<String> outputs = new ArrayList<>(OUTPUTS);
    outputs.add(DEAD_LETTERS);
    return outputs;
  }

  private static String reference(String topic) {
    return topic + ".reference";
  }

  private String shown(String savepoint) {
    return savepoint.substring(savepoint.lastIndexOf('/') + 1);
  }

  private void say(String what) {
    System.out.printf("%5.1f s  %s%n", (System.nanoTime() - begin) / 1e9, what);
    System.out.flush();
  }
}

package io.oomstream.function.catalogue;

import io.oomstream.format.line.RawRecord;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.NullUnmarked;

/**
 * Two clusters over twenty minutes: what runs where, what is killed, and what the catalogue says of
 * it. The second cluster was restored from the first one's backup, so its first pods have the same
 * names and uids. Pods live from three seconds on, move to other nodes under the same name, restart
 * in place, and some are killed in the second in which they start.
 */
@NullUnmarked
final class NamedFleet {

  static final long START = 1_790_000_000_000L;
  static final long LENGTH_MS = 1_200_000;
  private static final long RESTART_MS = 2_000;

  /** A process that the kernel killed; its pid is its name over the whole fleet. */
  record Kill(Life.Run run, int pid, long atMs) {}

  private final Random random;
  private final Random uids;
  private final List<Life> lives = new ArrayList<>();
  private final List<Life.Run> runs = new ArrayList<>();
  private final Map<Integer, Kill> kills = new TreeMap<>();
  private final List<Machine> machines = new ArrayList<>();

  /** A node and how its runtime calls control groups. */
  record Machine(String cluster, String node, String host, int style) {}

  private NamedFleet(long seed) {
    random = new Random(seed);
    uids = new Random(seed + 1);
  }

  static NamedFleet of(int nodes, long seed) {
    NamedFleet fleet = new NamedFleet(seed);
    fleet.cluster("east", nodes / 2, new Random(seed + 2));
    fleet.cluster("west", nodes / 2, new Random(seed + 2));
    fleet.badRollout();
    return fleet;
  }

  private void cluster(String cluster, int nodes, Random shared) {
    List<Machine> own = new ArrayList<>();
    for (int i = 0; i < nodes; i++) {
      boolean east = cluster.equals("east");
      String node = (east ? "node-" : "ip-10-1-0-") + i;
      // Some machines call themselves by their whole name, and the cluster does not.
      String host = !east && i % 2 == 0 ? node + ".west.internal" : node;
      own.add(new Machine(cluster, node, host, i % 3));
    }
    machines.addAll(own);
    for (int i = 0; i < nodes; i++) {
      Machine at = own.get(i);
      long end = START + LENGTH_MS;
      pod(
          at,
          "kube-system",
          "agent-" + Make.tail(shared),
          Make.uid(shared),
          "DaemonSet",
          "agent",
          null,
          START - 60_000,
          end);
      pod(
          at,
          "kube-system",
          "etcd-" + at.node(),
          Make.hex(new Random(i), 32),
          null,
          "etcd",
          null,
          START - 60_000,
          end);
      deployment(own, i, shared);
      set(own, i, shared);
      jobs(at, i);
      if (i % 5 == 0) {
        pod(at, "default", "shell", Make.uid(shared), null, null, null, START + 1_000L * i, end);
      }
    }
  }

  /** Pods that are replaced on another node, under another name. */
  private void deployment(List<Machine> own, int i, Random shared) {
    String name = List.of("web", "checkout", "api-v2", "nginx-ingress-controller").get(i % 4);
    String hash = Make.hash(new Random(name.hashCode()));
    long at = START - 30_000;
    int on = i;
    Random uid = shared;
    while (at < START + LENGTH_MS) {
      long end = at + 400_000 + random.nextInt(1_200_000);
      String pod = name + "-" + hash + "-" + Make.tail(uid);
      pod(own.get(on), "shop", pod, Make.uid(uid), "Deployment", name, hash, at, end);
      at = end + random.nextInt(3_000);
      on = random.nextInt(own.size());
      uid = uids;
    }
  }

  /** Pods that keep their name and get another uid, often on another node. */
  private void set(List<Machine> own, int i, Random shared) {
    if (i % 2 == 0) {
      return;
    }
    long at = START - 30_000;
    int on = i;
    Random uid = shared;
    while (at < START + LENGTH_MS) {
      long end = at + 60_000 + random.nextInt(900_000);
      pod(own.get(on), "data", "db-" + i, Make.uid(uid), "StatefulSet", "db", null, at, end);
      at = end + random.nextInt(2_000);
      on = random.nextInt(3) == 0 ? random.nextInt(own.size()) : on;
      uid = uids;
    }
  }

  /** Pods of three seconds. */
  private void jobs(Machine at, int i) {
    for (long time = START + 1_000L * (i % 200); time < START + LENGTH_MS; time += 420_000) {
      String minutes = Long.toString(time / 60_000);
      boolean cron = random.nextBoolean();
      String name = cron ? "sync-" + minutes + "-" : "migrate-";
      pod(
          at,
          "batch",
          name + Make.tail(uids),
          Make.uid(uids),
          cron ? "CronJob" : "Job",
          cron ? "sync" : "migrate",
          null,
          time,
          time + 3_000);
    }
  }

  private void pod(
      Machine at,
      String namespace,
      String name,
      String uid,
      String kind,
      String owner,
      String hash,
      long start,
      long end) {
    Life life =
        new Life(
            at.cluster(),
            at.node(),
            at.host(),
            namespace,
            name,
            uid,
            kind,
            owner,
            hash,
            start,
            Math.min(end, START + LENGTH_MS));
    lives.add(life);
    boolean isShort = end - start <= 3_000;
    List<String> containers =
        isShort || life.isStatic() || name.startsWith("agent")
            ? List.of("app")
            : List.of("app", "proxy");
    for (String container : containers) {
      long started = start + random.nextInt(500);
      int restarts = 0;
      boolean loops = random.nextInt(40) == 0;
      while (started < life.endMs()) {
        Life.Run run = new Life.Run(life, container, Make.hex(random, 64), restarts, started);
        runs.add(run);
        long lived = isShort ? random.nextInt(3_000) : lifetime(loops && restarts < 8);
        if (started + lived >= life.endMs() || random.nextInt(isShort ? 2 : 1) > 0) {
          break;
        }
        kill(run, Math.max(started + lived, START + 1_000));
        started += lived + RESTART_MS + random.nextInt(8_000);
        restarts++;
        if (isShort) {
          break;
        }
      }
    }
    if (!isShort && random.nextInt(12) == 0) {
      // A container that kubelet makes no link for, and that the API does not list.
      Life.Run hidden = new Life.Run(life, "", Make.hex(random, 64), 0, start);
      kill(hidden, Math.max(START + 1_000, start + random.nextLong(life.endMs() - start)));
    }
  }

  /** Most are never killed; some die at once after each start. */
  private long lifetime(boolean loops) {
    return switch (loops ? 0 : random.nextInt(12)) {
      case 0 -> 200 + random.nextInt(1_500);
      case 1 -> random.nextInt(900_000);
      default -> LENGTH_MS;
    };
  }

  /** One deployment of the first cluster is killed on twelve nodes within a minute. */
  private void badRollout() {
    String hash = Make.hash(new Random(5));
    for (int i = 0; i < 12; i++) {
      Machine at = machines.get(i);
      long start = START + 700_000 + 1_000L * i;
      Life life =
          new Life(
              at.cluster(),
              at.node(),
              at.host(),
              "shop",
              "pricing-" + hash + "-" + Make.tail(uids),
              Make.uid(uids),
              "Deployment",
              "pricing",
              hash,
              start,
              START + LENGTH_MS);
      lives.add(life);
      Life.Run run = new Life.Run(life, "app", Make.hex(random, 64), 0, start);
      runs.add(run);
      kill(run, start + 30_000);
    }
  }

  private void kill(Life.Run run, long atMs) {
    int pid = 1_000 + kills.size();
    if (atMs < START + LENGTH_MS - 1_000) {
      kills.put(pid, new Kill(run, pid, atMs));
    }
  }

  List<Life> lives() {
    return lives;
  }

  List<Life.Run> runs() {
    return runs;
  }

  /** By pid. */
  Map<Integer, Kill> kills() {
    return kills;
  }

  List<Machine> machines() {
    return machines;
  }

  /** The kernel's lines of all kills, in the order of their times. */
  List<RawRecord> log() {
    Map<String, Machine> byHost = new TreeMap<>();
    machines.forEach(machine -> byHost.put(machine.host(), machine));
    List<RawRecord> log = new ArrayList<>();
    List<Kill> inOrder = new ArrayList<>(kills.values());
    inOrder.sort(Comparator.comparingLong(Kill::atMs).thenComparingInt(Kill::pid));
    for (Kill kill : inOrder) {
      Make.lines(kill, byHost.get(kill.run().life().host()).style(), log);
    }
    return log;
  }
}

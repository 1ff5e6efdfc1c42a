package io.oomstream.rehearsal;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What processes lack that pods have. */
final class Pods {

  private Pods() {}

  /** What of Flink's configuration differs; everything else is as the manifest says. */
  static Map<String, String> replaced(int zooKeeperPort) {
    Map<String, String> replaced = new TreeMap<>();
    // No API server to keep the leader and the checkpoints' pointers: ZooKeeper instead.
    replaced.put("high-availability.type", "zookeeper");
    replaced.put("high-availability.zookeeper.quorum", "127.0.0.1:" + zooKeeperPort);
    replaced.put("high-availability.zookeeper.client.session-timeout", "5 s");
    replaced.put("high-availability.zookeeper.client.connection-timeout", "4 s");
    // Nobody watches the pods: a killed TaskManager is missed by its heartbeat.
    replaced.put("heartbeat.interval", "1 s");
    replaced.put("heartbeat.timeout", "5 s");
    // All pods are one host here, and their ports must not meet.
    replaced.put("metrics.reporter.prom.port", Cluster.freePort() + "-65535");
    // As the operator sets it, so that the savepoint's place can be asked for.
    replaced.put("execution.shutdown-on-application-finish", "false");
    return replaced;
  }

  /** The port of a ZooKeeper of one process. */
  static int startZooKeeper(Children children, Path work, String lib) throws IOException {
    int port = Cluster.freePort();
    Path folder = Files.createDirectories(work.resolve("zookeeper"));
    Path conf = folder.resolve("zoo.cfg");
    Files.writeString(
        conf,
        "tickTime=500\ndataDir="
            + folder.resolve("data")
            + "\nclientPort="
            + port
            + "\nadmin.enableServer=false\nserver.1=127.0.0.1:"
            + Cluster.freePort()
            + ":"
            + Cluster.freePort()
            + "\n",
        StandardCharsets.UTF_8);
    children.java(
        "zookeeper",
        List.of(
            "-Xmx128m",
            "-cp",
            lib,
            "org.apache.flink.runtime.zookeeper.FlinkZooKeeperQuorumPeer",
            "--zkConfigFile",
            conf.toString(),
            "--peerId",
            "1"),
        Map.of());
    return port;
  }
}

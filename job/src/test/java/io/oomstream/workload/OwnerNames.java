package io.oomstream.workload;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Names of pods, made as the controllers of Kubernetes make them, with what truly made each. */
final class OwnerNames {

  static final String UID = "0b8f5d3e-94ad-4a6d-9f6b-2f2f8e4d7a10";
  private static final String LETTERS = "bcdfghjklmnpqrstvwxz2456789";
  private static final int MAX_BASE = 58;

  /**
   * A pod.
   *
   * @param kind what made it; null for a bare pod, and for a static one
   * @param owner its name; null for a bare pod
   */
  record Pod(
      String name,
      @Nullable String node,
      String uid,
      @Nullable String kind,
      @Nullable String owner) {}

  private final Random random;
  private final List<Pod> pods = new ArrayList<>();

  OwnerNames(long seed) {
    random = new Random(seed);
  }

  /** Every kind with every name, some hundreds of pods of each. */
  static List<Pod> all() {
    OwnerNames made = new OwnerNames(1);
    for (String name : NAMES) {
      for (int i = 0; i < 40; i++) {
        made.deployment(name);
        made.ofOne("DaemonSet", name);
        made.ofOne("Job", name);
        made.cronJob(name);
        made.indexedJob(name);
        made.statefulSet(name);
        made.staticPod(name, NODES.get(i % NODES.size()));
        made.bare(name);
      }
    }
    for (int length = 1; length <= LONG.length(); length++) {
      made.ofLength(LONG.substring(0, length));
    }
    return made.pods;
  }

  /** Every length that a name can have: from 58 on a pod's name is cut, of some kinds before. */
  private void ofLength(String cut) {
    String name = cut.endsWith("-") ? cut.substring(0, cut.length() - 1) + "x" : cut;
    for (int i = 0; i < 10; i++) {
      deployment(name);
      ofOne("ReplicaSet", name);
      ofOne("DaemonSet", name);
      ofOne("Job", name);
      cronJob(name);
      indexedJob(name);
      statefulSet(name);
      staticPod(name, NODES.get(i % NODES.size()));
      bare(name);
    }
  }

  private static final String LONG =
      "orders-and-payments-of-the-shop-in-the-region-of-northern-europ";

  private static final List<String> NODES =
      List.of("node-1", "ip-10-0-12-7", "ip-10-0-12-7.eu-west-1.compute.internal", "gke-pool-4bcd");

  private static final List<String> NAMES =
      List.of(
          "web",
          "a",
          "nginx-ingress-controller",
          "kube-state-metrics",
          "api-v2",
          "checkout-7",
          "db-primary",
          "node-exporter",
          "cilium",
          "my-nginx",
          "backup-daily",
          "etl-2024",
          "report-20240101",
          "prometheus-kube-prometheus-stack-prometheus",
          "cert-manager-webhook",
          "x-bcdfg",
          "payments-service-for-the-european-region",
          // Forty-five and more characters: the pod's name is cut.
          "the-quite-long-name-of-a-deployment-in-a-team-x",
          "the-quite-long-name-of-a-deployment-in-a-team-xyz-abc",
          "kube-prometheus-stack-prometheus-node-exporter-of-the-edge",
          "a-name-of-sixty-three-characters-which-is-all-that-dns-allows-4");

  private void deployment(String name) {
    // deployment_util: the hash of the template is a number of 32 bits, its digits as safe letters.
    long hash = random.nextLong() & 0xffff_ffffL;
    StringBuilder safe = new StringBuilder();
    for (char digit : Long.toString(hash).toCharArray()) {
      safe.append(LETTERS.charAt(digit % LETTERS.length()));
    }
    generated(name + "-" + safe + "-", "Deployment", name);
  }

  private void ofOne(String kind, String name) {
    generated(name + "-", kind, name);
  }

  private void cronJob(String name) {
    if (name.length() <= 52) {
      generated(name + "-" + (29_000_000 + random.nextInt(1_000_000)) + "-", "CronJob", name);
    }
  }

  private void indexedJob(String name) {
    generated(name + "-" + random.nextInt(12) + "-", "Job", name);
  }

  private void statefulSet(String name) {
    pods.add(new Pod(name + "-" + random.nextInt(30), "node-1", UID, "StatefulSet", name));
  }

  private void staticPod(String name, String node) {
    String uid = String.format("%016x%016x", random.nextLong(), random.nextLong());
    pods.add(new Pod(name + "-" + node, node, uid, null, name));
  }

  private void bare(String name) {
    pods.add(new Pod(name, "node-1", UID, null, null));
  }

  /** The names' generator of the API server. */
  private void generated(String base, String kind, String owner) {
    StringBuilder name =
        new StringBuilder(base.length() > MAX_BASE ? base.substring(0, MAX_BASE) : base);
    for (int i = 0; i < 5; i++) {
      name.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
    }
    pods.add(new Pod(name.toString(), "node-1", UID, kind, owner));
  }
}

package io.oomstream.function.catalogue;

import io.oomstream.format.line.RawRecord;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.NullUnmarked;

/**
 * What the two sources say of a {@link NamedFleet}, with their faults: records late by seconds to
 * minutes, lost, said again every ten minutes. The links are read on every node; only the second
 * cluster's API is watched.
 */
@NullUnmarked
final class Sayings {

  private static final long AGAIN_MS = 600_000;
  private static final int PARTITIONS = 4;

  /**
   * A record.
   *
   * @param ids of the containers that it names
   * @param atMs when it is there to be read
   */
  record Said(RawRecord record, List<String> ids, long atMs) {}

  private final Random random;
  private final List<Said> all = new ArrayList<>();

  private Sayings(long seed) {
    random = new Random(seed);
  }

  /** In the order in which they are there to be read. */
  static List<Said> of(NamedFleet fleet, long seed) {
    Sayings sayings = new Sayings(seed);
    Map<Life, List<Life.Run>> runs = new LinkedHashMap<>();
    for (Life.Run run : fleet.runs()) {
      runs.computeIfAbsent(run.life(), life -> new ArrayList<>()).add(run);
    }
    for (Map.Entry<Life, List<Life.Run>> pod : runs.entrySet()) {
      sayings.links(pod.getKey(), pod.getValue());
      if (pod.getKey().cluster().equals("west")) {
        sayings.api(pod.getKey(), pod.getValue());
      }
    }
    sayings.all.sort(
        Comparator.comparingLong(Said::atMs).thenComparingLong(s -> s.record().offset()));
    return sayings.all;
  }

  /** Of each key only the last record, as Kafka's compaction leaves them. */
  static List<Said> compacted(List<Said> all) {
    Map<String, Said> last = new LinkedHashMap<>();
    for (Said said : all) {
      String key = new String(said.record().key(), StandardCharsets.UTF_8);
      last.remove(key);
      last.put(key, said);
    }
    return List.copyOf(last.values());
  }

  /** A collector is away for five minutes on each tenth node. */
  private static boolean isAway(Life life, long atMs) {
    long at = atMs - NamedFleet.START;
    return life.node().hashCode() % 10 == 0 && at >= 600_000 && at < 900_000;
  }

  private void links(Life life, List<Life.Run> runs) {
    for (Life.Run run : runs) {
      String json =
          """
          {"schemaVersion":"1.0","source":"links","cluster":"%s","node":"%s",\
          "container":{"id":"%s","name":"%s","restartCount":%d},\
          "kubernetes":{"namespace":"%s","podName":"%s","podUid":"%s"},"startedAt":%d}"""
              .formatted(
                  life.cluster(),
                  life.node(),
                  run.id(),
                  run.container(),
                  run.restarts(),
                  life.namespace(),
                  life.pod(),
                  life.uid(),
                  run.startedMs() / 1000);
      long phase = Math.floorMod(life.node().hashCode(), AGAIN_MS);
      long first = run.startedMs() + random.nextInt(5_000);
      say(life, run.id(), List.of(run.id()), json, first);
      long again = NamedFleet.START + phase;
      for (; again < life.endMs(); again += AGAIN_MS) {
        if (again > first) {
          say(life, run.id(), List.of(run.id()), json, again);
        }
      }
    }
  }

  /** A Pod each time that one of its containers starts. */
  private void api(Life life, List<Life.Run> runs) {
    for (Life.Run newest : runs) {
      StringBuilder statuses = new StringBuilder();
      Map<String, Life.Run> current = new TreeMap<>();
      Map<String, Life.Run> before = new TreeMap<>();
      for (Life.Run run : runs) {
        if (run.startedMs() <= newest.startedMs()) {
          Life.Run old = current.put(run.container(), run);
          if (old != null) {
            before.put(run.container(), old);
          }
        }
      }
      for (Life.Run run : current.values()) {
        Life.Run old = before.get(run.container());
        statuses
            .append(statuses.isEmpty() ? "" : ",")
            .append(
                "{\"name\":\"%s\",\"containerID\":\"containerd://%s\",\"restartCount\":%d,\"state\":{\"running\":{\"startedAt\":\"%s\"}}%s}"
                    .formatted(
                        run.container(),
                        run.id(),
                        run.restarts(),
                        time(run.startedMs()),
                        old == null
                            ? ""
                            : ",\"lastState\":{\"terminated\":{\"containerID\":\"containerd://%s\",\"startedAt\":\"%s\"}}"
                                .formatted(old.id(), time(old.startedMs()))));
      }
      String json = pod(life, statuses.toString());
      List<String> ids = new ArrayList<>();
      current.values().forEach(run -> ids.add(run.id()));
      before.values().forEach(run -> ids.add(run.id()));
      say(life, "pod/" + life.uid(), ids, json, newest.startedMs() + 500 + random.nextInt(2_500));
    }
  }

  private static String pod(Life life, String statuses) {
    boolean cut = life.kind() == null;
    String made = life.pod().substring(0, Math.max(0, life.pod().lastIndexOf('-')));
    boolean deployment = "Deployment".equals(life.kind());
    boolean cron = "CronJob".equals(life.kind());
    String owner =
        cut
            ? ""
            : ",\"ownerReferences\":[{\"kind\":\"%s\",\"name\":\"%s\",\"controller\":true}]"
                .formatted(
                    deployment ? "ReplicaSet" : cron ? "Job" : life.kind(),
                    deployment || cron ? made : life.owner());
    return """
        {"type":"MODIFIED","object":{"kind":"Pod","metadata":{"name":"%s","namespace":"%s","uid":"%s",\
        "creationTimestamp":"%s","annotations":{%s},\
        "labels":{"app.kubernetes.io/name":"%s"%s}%s},"spec":{"nodeName":"%s"},\
        "status":{"startTime":"%s","containerStatuses":[%s]}}}"""
        .formatted(
            life.pod(),
            life.namespace(),
            // Of a static pod the API has a uid of its own, and kubelet's as an annotation.
            life.isStatic() ? Make.uid(new Random(life.node().hashCode())) : life.uid(),
            time(life.startMs()),
            life.isStatic() ? "\"kubernetes.io/config.hash\":\"" + life.uid() + "\"" : "",
            life.owner() == null ? "none" : life.owner(),
            life.hash() == null ? "" : ",\"pod-template-hash\":\"" + life.hash() + "\"",
            owner,
            life.node(),
            time(life.startMs()),
            statuses);
  }

  private static String time(long ms) {
    return Instant.ofEpochSecond(ms / 1000).toString();
  }

  private void say(Life life, String key, List<String> ids, String json, long atMs) {
    if (random.nextInt(8) == 0 || isAway(life, atMs)) {
      return;
    }
    long late =
        switch (random.nextInt(12)) {
          case 0 -> random.nextInt(120_000);
          case 1 -> random.nextInt(15_000);
          default -> random.nextInt(400);
        };
    RawRecord record =
        new RawRecord(
            "kernel.workloads",
            Math.floorMod(key.hashCode(), PARTITIONS),
            all.size(),
            atMs,
            key.getBytes(StandardCharsets.UTF_8),
            json.getBytes(StandardCharsets.UTF_8),
            Map.of("oomstream-cluster", life.cluster().getBytes(StandardCharsets.UTF_8)));
    all.add(new Said(record, ids, atMs + late));
  }
}

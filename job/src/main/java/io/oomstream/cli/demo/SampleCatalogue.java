package io.oomstream.cli.demo;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;

/** The catalogue of workloads of the sample fleet, as the node collector sends it. */
public final class SampleCatalogue {

  private static final String RECORD =
      """
      {"schemaVersion":"1.0","source":"links","cluster":"demo","node":"%s",\
      "container":{"id":"%s","name":"%s","restartCount":3},\
      "kubernetes":{"namespace":"%s","podName":"%s","podUid":"%s"},"startedAt":"%s"}""";

  /** A record: its key is the container's id. */
  public record Entry(byte[] key, byte[] value) {}

  private SampleCatalogue() {}

  /** All records, of containers that started at that time. */
  public static List<Entry> startedAt(long ms) {
    String started = Instant.ofEpochMilli(ms).toString();
    return List.of(
        entry(
            "memcg-kubernetes",
            "9338c8be733c1a5bd6b2b8d0d3f9c1e0a7745f1be2d3c4a5968778695a4b3c2d",
            "app",
            "shop",
            "checkout-7d4b9c8f6b-2vxqz",
            "1f3c9a52-7d1b-4a6e-9c55-0b7f3c2d1e4a",
            started),
        entry(
            "oom-group",
            "c07d2e5b8a419f63e1d4b7a0925c8f36d7e0a1b4c593f8267d0e9b3a5c1f8e42",
            "celery",
            "billing",
            "invoices-1",
            "6d20b7f4-3c8e-4f19-a2b5-7e91c0d84a36",
            started));
  }

  private static Entry entry(
      String node,
      String id,
      String container,
      String namespace,
      String pod,
      String uid,
      String started) {
    return new Entry(
        id.getBytes(StandardCharsets.UTF_8),
        RECORD
            .formatted(node, id, container, namespace, pod, uid, started)
            .getBytes(StandardCharsets.UTF_8));
  }
}

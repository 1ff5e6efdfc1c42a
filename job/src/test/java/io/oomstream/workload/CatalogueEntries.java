package io.oomstream.workload;

import io.oomstream.format.line.RawRecord;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Records of the catalogue, and their entries. */
public final class CatalogueEntries {

  public static final String UID = "0b8f5d3e-94ad-4a6d-9f6b-2f2f8e4d7a10";
  public static final String ID =
      "4d5ad6c1e9b1f8a7c3e5d2b4a6978812c4d6e8f0a1b3c5d7e9f1a3b5c7d9e1f3";

  private CatalogueEntries() {}

  public static RawRecord record(String json, long timestamp, Map<String, byte[]> headers) {
    return new RawRecord(
        "kernel.workloads", 0, 0, timestamp, null, json.getBytes(StandardCharsets.UTF_8), headers);
  }

  public static List<CatalogueEntry> read(String json) throws BadEntryException {
    return new CatalogueReader(Set.of("app", "team")).read(record(json, 1_000, Map.of()));
  }

  /** An entry of the links. */
  public static String link(
      String cluster,
      String node,
      String namespace,
      String pod,
      String uid,
      String container,
      String id,
      int restarts,
      long startedAtMs) {
    return """
        {"schemaVersion":"1.0","source":"links","cluster":"%s","node":"%s",\
        "container":{"id":"%s","name":"%s","restartCount":%d},\
        "kubernetes":{"namespace":"%s","podName":"%s","podUid":"%s"},"startedAt":%d}"""
        .formatted(cluster, node, id, container, restarts, namespace, pod, uid, startedAtMs);
  }
}

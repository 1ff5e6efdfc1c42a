package io.oomstream.workload;

import com.fasterxml.jackson.databind.JsonNode;
import io.oomstream.event.section.Kubernetes;
import io.oomstream.event.section.Owner;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A Pod of the API's {@code v1}, as its clients write it: an entry on the pod, and one on each
 * container that its status names, the one before the last restart included.
 */
final class PodForm {

  /** Of a static pod, the API's uid is that of its image in the API, and this one is kubelet's. */
  private static final String STATIC_UID = "kubernetes.io/config.hash";

  private static final String POD_TEMPLATE_HASH = "pod-template-hash";
  private static final String ROLLOUT_HASH = "rollouts-pod-template-hash";
  private static final List<String> STATUSES =
      List.of("initContainerStatuses", "containerStatuses", "ephemeralContainerStatuses");

  private PodForm() {}

  static List<CatalogueEntry> read(
      JsonNode pod, @Nullable String cluster, Set<String> allowed, long recordedAtMs)
      throws BadEntryException {
    JsonNode metadata = Fields.object(pod, "metadata");
    JsonNode status = Fields.object(pod, "status");
    String uid = Fields.uid(metadata, "uid");
    String hash = Fields.uid(Fields.object(metadata, "annotations"), STATIC_UID);
    String node = Fields.text(Fields.object(pod, "spec"), "nodeName");
    if (uid == null) {
      throw new BadEntryException("metadata.uid is missing");
    }
    if (node == null) {
      // It is not placed yet, so nothing of it runs.
      return List.of();
    }
    String podUid = hash == null ? uid : hash;
    String name = Fields.needed(Fields.name(metadata, "name"), "metadata.name");
    Map<String, String> labels = Fields.podLabels(Fields.object(metadata, "labels"), allowed);
    Kubernetes ofPod =
        new Kubernetes(
            cluster,
            node,
            Fields.needed(Fields.name(metadata, "namespace"), "metadata.namespace"),
            name,
            null,
            null,
            owner(metadata, name, node, podUid),
            labels.isEmpty() ? null : labels);
    Long created = Fields.time(metadata, "creationTimestamp");
    Long started = Fields.time(status, "startTime");
    Long first = started == null ? created : started;
    if (first == null) {
      throw new BadEntryException("status.startTime and metadata.creationTimestamp are missing");
    }
    List<CatalogueEntry> entries = new ArrayList<>();
    entries.add(
        new CatalogueEntry(Source.API, null, podUid, node, ofPod, Map.of(), first, recordedAtMs));
    Map<String, CatalogueEntry> containers = new LinkedHashMap<>();
    for (String list : STATUSES) {
      for (JsonNode container : status.path(list)) {
        add(container, ofPod, podUid, node, first, recordedAtMs, containers);
      }
    }
    entries.addAll(containers.values());
    return entries;
  }

  private static void add(
      JsonNode container,
      Kubernetes ofPod,
      String podUid,
      String node,
      long podStartedMs,
      long recordedAtMs,
      Map<String, CatalogueEntry> to)
      throws BadEntryException {
    String name = Fields.name(container, "name");
    Integer restarts = Fields.count(container, "restartCount");
    JsonNode state = Fields.object(container, "state");
    JsonNode last = Fields.object(Fields.object(container, "lastState"), "terminated");
    String id = Fields.containerId(container, "containerID");
    String lastId = Fields.containerId(last, "containerID");
    if (lastId != null && !lastId.equals(id)) {
      Integer before = restarts == null || restarts == 0 ? null : Integer.valueOf(restarts - 1);
      Long at = Fields.time(last, "startedAt");
      to.put(
          lastId,
          entry(
              ofPod,
              name,
              before,
              lastId,
              podUid,
              node,
              at == null ? podStartedMs : at,
              recordedAtMs));
    }
    if (id != null) {
      Long running = Fields.time(Fields.object(state, "running"), "startedAt");
      Long over = Fields.time(Fields.object(state, "terminated"), "startedAt");
      Long at = running == null ? over : running;
      to.put(
          id,
          entry(
              ofPod,
              name,
              restarts,
              id,
              podUid,
              node,
              at == null ? podStartedMs : at,
              recordedAtMs));
    }
  }

  private static CatalogueEntry entry(
      Kubernetes pod,
      @Nullable String name,
      @Nullable Integer restarts,
      String id,
      String podUid,
      String node,
      long startedMs,
      long recordedAtMs) {
    Kubernetes own =
        new Kubernetes(
            pod.cluster(),
            pod.node(),
            pod.namespace(),
            pod.podName(),
            name,
            restarts,
            pod.owner(),
            pod.labels());
    return new CatalogueEntry(Source.API, id, podUid, node, own, Map.of(), startedMs, recordedAtMs);
  }

  /** The controller; of a controller that another one made, that other one. */
  private static @Nullable Owner owner(
      JsonNode metadata, String podName, String node, String podUid) throws BadEntryException {
    if (OwnerName.isStatic(podUid)) {
      // The API says "Node", which is no name that machines share.
      return OwnerName.of(podName, node, podUid).owner();
    }
    for (JsonNode reference : metadata.path("ownerReferences")) {
      String kind = Fields.text(reference, "kind");
      String name = Fields.name(reference, "name");
      if (kind == null || name == null || !reference.path("controller").asBoolean()) {
        continue;
      }
      return above(kind, name, Fields.object(metadata, "labels"));
    }
    return null;
  }

  private static Owner above(String kind, String name, JsonNode labels) throws BadEntryException {
    if (kind.equals("ReplicaSet")) {
      String rollout = without(name, Fields.text(labels, ROLLOUT_HASH));
      if (rollout != null) {
        return new Owner("Rollout", rollout, Owner.Origin.API);
      }
      String deployment = without(name, Fields.text(labels, POD_TEMPLATE_HASH));
      if (deployment != null) {
        return new Owner("Deployment", deployment, Owner.Origin.API);
      }
    }
    String last = OwnerName.lastPart(name);
    return kind.equals("Job") && last != null && OwnerName.isMinutes(last)
        ? new Owner("CronJob", OwnerName.before(name, last), Owner.Origin.INFERRED)
        : new Owner(kind, name, Owner.Origin.API);
  }

  private static @Nullable String without(String name, @Nullable String hash) {
    return hash != null && name.endsWith("-" + hash) && name.length() > hash.length() + 1
        ? name.substring(0, name.length() - hash.length() - 1)
        : null;
  }
}

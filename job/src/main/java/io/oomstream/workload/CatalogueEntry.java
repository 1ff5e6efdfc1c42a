package io.oomstream.workload;

import io.oomstream.event.section.Kubernetes;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What one source says about one container, or about a pod.
 *
 * @param containerId null for a pod, and where the source lost it
 * @param podUid null outside Kubernetes
 * @param node the machine, by the name its kernel log has; null if the source does not say
 * @param kubernetes null outside Kubernetes
 * @param labels of a container outside Kubernetes, those that name its workload
 * @param startedAtMs when the container or pod started, by its node's clock
 * @param recordedAtMs event time of the record
 */
public record CatalogueEntry(
    Source source,
    @Nullable String containerId,
    @Nullable String podUid,
    @Nullable String node,
    @Nullable Kubernetes kubernetes,
    Map<String, String> labels,
    long startedAtMs,
    long recordedAtMs) {

  /** This distinguishes the keys of the join: container ids are hex. */
  public static final String POD = "pod/";

  /** What the entry is about: a later entry on it by the same source replaces this one. */
  public String subject() {
    Kubernetes k = kubernetes;
    return source
        + "\n"
        + containerId
        + "\n"
        + podUid
        + "\n"
        + node
        + (containerId != null || k == null
            ? ""
            : "\n" + k.cluster() + "\n" + k.containerName() + "\n" + k.restartCount());
  }

  Names names() {
    Kubernetes k = kubernetes;
    if (k == null) {
      return new Names(null, OtherRuntimes.groupKey(labels));
    }
    String pod = k.podName() == null ? "-" : k.podName();
    return Names.of(k, source == Source.API ? pod : OwnerName.of(pod, k.node(), podUid).group());
  }

  /** What is remembered of one node is bounded. */
  public String nodeKey() {
    return node == null ? "" : node.toLowerCase(Locale.ROOT);
  }

  /** The keys under which it is looked for. */
  public List<String> keys() {
    List<String> keys = new ArrayList<>();
    if (containerId != null) {
      keys.add(containerId);
    }
    if (podUid != null) {
      keys.add(POD + podUid);
    }
    return keys;
  }
}

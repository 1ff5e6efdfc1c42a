package io.oomstream.workload;

import io.oomstream.event.section.Kubernetes;
import io.oomstream.event.section.Owner;
import org.jspecify.annotations.Nullable;

/**
 * The names of a container or a pod.
 *
 * @param kubernetes null outside Kubernetes
 * @param groupKey what its kills are grouped by; null if its labels name nothing that hosts share
 */
public record Names(@Nullable Kubernetes kubernetes, @Nullable String groupKey) {

  /**
   * Of a pod's container.
   *
   * @param group what stands for an owner that is not known
   */
  static Names of(Kubernetes k, String group) {
    Owner owner = k.owner();
    return new Names(
        k,
        "k8s:"
            + part(k.cluster())
            + "/"
            + part(k.namespace())
            + "/"
            + part(owner == null ? null : owner.kind())
            + "/"
            + part(owner == null ? group : owner.name())
            + "/"
            + part(k.containerName()));
  }

  /** A part of the key, in which a slash would begin the next one. */
  static String part(@Nullable String name) {
    return name == null || name.isEmpty() ? "-" : name.replace('/', '_');
  }
}

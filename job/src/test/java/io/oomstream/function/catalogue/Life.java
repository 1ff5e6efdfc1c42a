package io.oomstream.function.catalogue;

import io.oomstream.event.section.Owner;
import org.jspecify.annotations.Nullable;

/**
 * A pod's truth: from its first start to its end, on one node.
 *
 * @param cluster it is in
 * @param node as the cluster calls the machine
 * @param host as the machine's kernel log calls it
 * @param kind of what made it, as the API says; null for a pod that nothing made, and a static one
 * @param owner name of what made it; null for a pod that nothing made
 * @param hash of the pod's template, where it has one
 */
record Life(
    String cluster,
    String node,
    String host,
    String namespace,
    String pod,
    String uid,
    @Nullable String kind,
    @Nullable String owner,
    @Nullable String hash,
    long startMs,
    long endMs) {

  /**
   * One start of one of its containers.
   *
   * @param id unknown to every source for a container that kubelet does not list
   */
  record Run(Life life, String container, String id, int restarts, long startedMs) {}

  boolean isStatic() {
    return uid.length() == 32;
  }

  /** What a name that is told may be; null for nobody. */
  boolean isOwner(@Nullable Owner told) {
    return told == null
        || (told.name().equals(owner) && (told.kind() == null || told.kind().equals(kind)));
  }
}

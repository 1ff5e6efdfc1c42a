package io.oomstream.workload;

/** Who says a name; of two that differ the later one here holds. */
public enum Source {
  /** A runtime's own list of its containers, or anything else. */
  RUNTIME,
  /** The links that kubelet makes to the logs of containers. */
  LINKS,
  /** The cluster's API. */
  API
}

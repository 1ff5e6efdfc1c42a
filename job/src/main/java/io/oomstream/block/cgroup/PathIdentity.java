package io.oomstream.block.cgroup;

import org.jspecify.annotations.Nullable;

/**
 * What one layer of a control group's path names.
 *
 * @param kind whether the key outlives the containers in it
 * @param runtime null where the layer does not tell which
 * @param key null where the layer adds no name of its own
 * @param job the scheduler's name for it
 * @param outer the container around it
 */
record PathIdentity(
    Kind kind,
    @Nullable String runtime,
    @Nullable String containerId,
    @Nullable String podUid,
    @Nullable String qosClass,
    @Nullable String key,
    @Nullable String job,
    @Nullable String outer) {

  enum Kind {
    CONTAINER,
    /** A pod, or a job of a scheduler. */
    JOB
  }

  static PathIdentity container(
      @Nullable String runtime, @Nullable String containerId, @Nullable String key) {
    return new PathIdentity(Kind.CONTAINER, runtime, containerId, null, null, key, null, null);
  }

  static PathIdentity job(String runtime, @Nullable String containerId, String key) {
    return job(runtime, containerId, key, null);
  }

  static PathIdentity job(
      String runtime, @Nullable String containerId, String key, @Nullable String job) {
    return new PathIdentity(Kind.JOB, runtime, containerId, null, null, key, job, null);
  }

  /** This with a layer below it. */
  PathIdentity within(PathIdentity inner) {
    if (inner.kind == Kind.JOB) {
      return new PathIdentity(
          inner.kind,
          inner.runtime,
          inner.containerId,
          inner.podUid,
          inner.qosClass,
          inner.key,
          inner.job,
          containerId == null ? outer : containerId);
    }
    boolean nested =
        containerId != null && inner.containerId != null && !inner.containerId.equals(containerId);
    return new PathIdentity(
        kind,
        inner.runtime == null ? runtime : inner.runtime,
        inner.containerId == null ? containerId : inner.containerId,
        podUid,
        qosClass,
        kind == Kind.JOB || inner.key == null ? key : inner.key,
        job,
        nested ? containerId : outer);
  }
}

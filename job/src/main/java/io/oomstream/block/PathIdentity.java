package io.oomstream.block;

import org.jspecify.annotations.Nullable;

/**
 * What one layer of a control group's path names.
 *
 * @param kind whether the key outlives the containers in it
 * @param runtime null where the layer does not tell which
 * @param key null where the layer adds no name of its own
 */
record PathIdentity(
    Kind kind,
    @Nullable String runtime,
    @Nullable String containerId,
    @Nullable String podUid,
    @Nullable String qosClass,
    @Nullable String key) {

  enum Kind {
    CONTAINER,
    /** A pod, or a job of a scheduler. */
    JOB
  }

  static PathIdentity container(
      @Nullable String runtime, @Nullable String containerId, @Nullable String key) {
    return new PathIdentity(Kind.CONTAINER, runtime, containerId, null, null, key);
  }

  static PathIdentity job(String runtime, @Nullable String containerId, String key) {
    return new PathIdentity(Kind.JOB, runtime, containerId, null, null, key);
  }

  /** This with a layer below it. */
  PathIdentity within(PathIdentity inner) {
    if (inner.kind == Kind.JOB) {
      return inner;
    }
    return new PathIdentity(
        kind,
        inner.runtime == null ? runtime : inner.runtime,
        inner.containerId == null ? containerId : inner.containerId,
        podUid,
        qosClass,
        kind == Kind.JOB || inner.key == null ? key : inner.key);
  }
}

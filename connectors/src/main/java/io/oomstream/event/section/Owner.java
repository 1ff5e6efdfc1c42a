package io.oomstream.event.section;

import org.jspecify.annotations.Nullable;

/**
 * What made a pod and makes it again.
 *
 * @param kind of the object, for example {@code Deployment}; absent if it is not certain
 */
public record Owner(@Nullable String kind, String name, Origin origin) {

  /** How it is known. */
  public enum Origin {
    /** From the pod's name. */
    INFERRED,
    /** The cluster's API says it. */
    API
  }
}

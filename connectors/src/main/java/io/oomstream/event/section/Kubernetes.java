package io.oomstream.event.section;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A container of a pod, by its names.
 *
 * @param containerName absent where the catalogue has the pod and not the container
 * @param restartCount how often the container had been restarted in its pod
 * @param owner what made the pod; absent if neither a source nor the pod's name says it
 * @param labels of the pod, those that an option allows
 */
public record Kubernetes(
    @Nullable String cluster,
    @Nullable String node,
    @Nullable String namespace,
    @Nullable String podName,
    @Nullable String containerName,
    @Nullable Integer restartCount,
    @Nullable Owner owner,
    @Nullable Map<String, String> labels) {}

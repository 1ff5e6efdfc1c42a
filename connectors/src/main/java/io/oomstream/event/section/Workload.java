package io.oomstream.event.section;

import org.jspecify.annotations.Nullable;

/**
 * The workload of a control group path.
 *
 * @param key stable over restarts of the same workload, as far as the path shows it
 * @param job the job of a scheduler: Slurm's number, YARN's application, Nomad's allocation, ECS'
 *     task
 * @param outerContainerId the container that this one runs in, as with Kubernetes in Docker
 */
public record Workload(
    @Nullable String runtime,
    @Nullable String containerId,
    @Nullable String podUid,
    @Nullable String qosClass,
    @Nullable String systemdUnit,
    @Nullable String slice,
    @Nullable String user,
    @Nullable String key,
    @Nullable String job,
    @Nullable String outerContainerId) {}

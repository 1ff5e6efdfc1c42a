package io.oomstream.event;

import org.jspecify.annotations.Nullable;

/**
 * The workload that a control group path names.
 *
 * @param key stable over restarts of the same workload, as far as the path can tell
 */
public record Workload(
    @Nullable String runtime,
    @Nullable String containerId,
    @Nullable String podUid,
    @Nullable String qosClass,
    @Nullable String systemdUnit,
    @Nullable String slice,
    @Nullable String user,
    @Nullable String key) {}

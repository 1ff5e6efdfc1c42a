package io.oomstream.event.section;

import org.jspecify.annotations.Nullable;

/**
 * The allocation that failed, and the task that requested it (often not the victim).
 *
 * @param order as printed; -1 means SysRq
 * @param requestedBytes page size times 2 to the order; absent for order -1 or an unknown page size
 * @param workload what the task's cpuset names: the container or unit that asked
 */
public record Trigger(
    @Nullable String comm,
    @Nullable Long pid,
    @Nullable Long uid,
    @Nullable Integer cpu,
    @Nullable Integer order,
    @Nullable Long requestedBytes,
    @Nullable Integer oomScoreAdj,
    @Nullable Gfp gfp,
    TriggerPath path,
    @Nullable Workload workload) {}

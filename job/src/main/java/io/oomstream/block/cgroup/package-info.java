/**
 * Control groups: their usage and limits, and the workload that a path names. Lines and paths come
 * in; figures, a runtime, a container and a stable key go out. Read {@link
 * io.oomstream.block.cgroup.WorkloadPath} first.
 */
@NullMarked
package io.oomstream.block.cgroup;

import org.jspecify.annotations.NullMarked;

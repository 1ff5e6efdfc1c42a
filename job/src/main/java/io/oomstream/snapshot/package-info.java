/**
 * Texts of {@code /proc} and {@code /sys/fs/cgroup}. A snapshot record comes in; figures in bytes
 * and counts go out. Read {@link io.oomstream.snapshot.SnapshotDecoder} first.
 */
@NullMarked
package io.oomstream.snapshot;

import org.jspecify.annotations.NullMarked;

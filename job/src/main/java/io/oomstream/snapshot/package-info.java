/** The text of files of /proc and /sys/fs/cgroup, and the records that bring them. */
@NullMarked
package io.oomstream.snapshot;

import org.jspecify.annotations.NullMarked;

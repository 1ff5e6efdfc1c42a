/**
 * Names of containers and pods: what a catalogue's records say, what is remembered of them, and how
 * a kill finds its own. Read {@link io.oomstream.workload.PodBook} first.
 */
@NullMarked
package io.oomstream.workload;

import org.jspecify.annotations.NullMarked;

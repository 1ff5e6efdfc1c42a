/**
 * Names of containers and pods. What a catalogue's records say comes in, and the ids of a kill; the
 * names of the kill's workload go out, if they are certain. Read {@link
 * io.oomstream.workload.KnownNames} first.
 */
@NullMarked
package io.oomstream.workload;

import org.jspecify.annotations.NullMarked;

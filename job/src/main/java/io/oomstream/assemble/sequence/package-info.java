/**
 * The sequence numbers of lines that were dropped on purpose, so that they don't count as lost.
 * Numbers of dropped lines come in; ranges that travel with the next kept line go out. Read {@link
 * io.oomstream.assemble.sequence.DroppedSequences} first.
 */
@NullMarked
package io.oomstream.assemble.sequence;

import org.jspecify.annotations.NullMarked;

/**
 * Who was killed, and how the kernel chose. Kill, summary, reaper and task lines come in; victims
 * with their figures and badness go out. Read {@link io.oomstream.block.victim.VictimReader} first.
 */
@NullMarked
package io.oomstream.block.victim;

import org.jspecify.annotations.NullMarked;

/**
 * The parts that events are made of: victim, trigger, scope, memory, cause. Figures in the
 * contract's units come in; each record is one object of the JSON Schema. Read {@link
 * io.oomstream.event.section.Victim} and {@link io.oomstream.event.section.Memory} first.
 */
@NullMarked
package io.oomstream.event.section;

import org.jspecify.annotations.NullMarked;

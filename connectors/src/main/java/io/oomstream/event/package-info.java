/**
 * The published contract. Facts come in; records that become the JSON of the schemas in {@code
 * resources/schema} go out. Read {@link io.oomstream.event.KillEvent} first.
 */
@NullMarked
package io.oomstream.event;

import org.jspecify.annotations.NullMarked;

/**
 * Thin Flink functions around the packages with the logic: state, timers, metrics and routing.
 * Records, lines and blocks come in; events and dead letters go out. Read {@link
 * io.oomstream.function.AssembleFunction} first.
 */
@NullMarked
package io.oomstream.function;

import org.jspecify.annotations.NullMarked;

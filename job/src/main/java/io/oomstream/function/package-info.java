/** The thin Flink functions: state, timers, metrics, routing. */
@NullMarked
package io.oomstream.function;

import org.jspecify.annotations.NullMarked;

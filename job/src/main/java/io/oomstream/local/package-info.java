/**
 * The whole way of a line in one thread and in plain Java, for bounded input: records in the order
 * of their time come in, events and dead letters go out. Read {@link io.oomstream.local.PlainJob}
 * first.
 */
@NullMarked
package io.oomstream.local;

import org.jspecify.annotations.NullMarked;

/**
 * A broker in the process and plain clients, for the demo and the tests. Topics and records come
 * in; consumed records go out. Read {@link io.oomstream.kafka.local.LocalBroker} first.
 */
@NullMarked
package io.oomstream.kafka.local;

import org.jspecify.annotations.NullMarked;

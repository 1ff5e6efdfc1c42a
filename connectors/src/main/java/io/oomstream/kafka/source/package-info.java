/**
 * Reads the topics. Settings come in; raw records with event time per partition go out. Read {@link
 * io.oomstream.kafka.source.KernelLogSource} first.
 */
@NullMarked
package io.oomstream.kafka.source;

import org.jspecify.annotations.NullMarked;

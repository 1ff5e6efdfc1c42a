/**
 * Envelopes to kernel lines: what shippers put into Kafka, and plain text as people have it. Total
 * functions.
 */
@NullMarked
package io.oomstream.format;

import org.jspecify.annotations.NullMarked;

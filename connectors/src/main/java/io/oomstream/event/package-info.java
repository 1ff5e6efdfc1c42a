/**
 * The published contract: what consumers of the output topics read. Field names, units and meaning
 * are fixed; sizes are bytes, times are UTC, and a fact the log did not hold is absent, never 0.
 */
@NullMarked
package io.oomstream.event;

import org.jspecify.annotations.NullMarked;

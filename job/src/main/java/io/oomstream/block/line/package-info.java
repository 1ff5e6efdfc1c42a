/**
 * Single lines that the segmenter and the parser must both read: the kill line's shape, the
 * kernel's summary, kills by user space, lost messages. A line's text comes in; its fields go out.
 * Read {@link io.oomstream.block.line.SummaryLine} first.
 */
@NullMarked
package io.oomstream.block.line;

import org.jspecify.annotations.NullMarked;

/**
 * Puts one host's lines in the kernel's order and cuts them into blocks: a pure function of the
 * lines. Classified lines come in; blocks go out, and the lines of none. Read {@link
 * io.oomstream.assemble.segment.Segmenter} first.
 */
@NullMarked
package io.oomstream.assemble.segment;

import org.jspecify.annotations.NullMarked;

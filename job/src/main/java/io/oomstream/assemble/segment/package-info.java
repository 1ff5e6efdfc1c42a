/**
 * Puts one host's lines in the kernel's order and cuts them into blocks: a pure function of the
 * lines. Classified lines come in; segments go out. Read {@link
 * io.oomstream.assemble.segment.Segmenter} first.
 */
@NullMarked
package io.oomstream.assemble.segment;

import org.jspecify.annotations.NullMarked;

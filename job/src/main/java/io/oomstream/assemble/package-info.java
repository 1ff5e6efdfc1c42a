/**
 * From lines to blocks. One host's lines come in, in any order and possibly repeated; settled
 * blocks go out, and the lines that belong to none. Read {@link
 * io.oomstream.assemble.BlockAssembler} first.
 */
@NullMarked
package io.oomstream.assemble;

import org.jspecify.annotations.NullMarked;

/**
 * From lines to blocks. One host's lines come in, in any order and more than once; whole blocks go
 * out when their time has come, and the lines that belong to none. Read {@link
 * io.oomstream.assemble.BlockAssembler} first.
 */
@NullMarked
package io.oomstream.assemble;

import org.jspecify.annotations.NullMarked;

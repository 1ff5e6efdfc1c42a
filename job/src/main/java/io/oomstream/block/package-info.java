/**
 * Reads one block. Its lines come in; every section that is present goes out in the contract's
 * units. Read {@link io.oomstream.block.BlockParser} first.
 */
@NullMarked
package io.oomstream.block;

import org.jspecify.annotations.NullMarked;

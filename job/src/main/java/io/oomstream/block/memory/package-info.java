/**
 * The kernel's dump of memory: totals, nodes, zones, free lists, slab. Lines come in; bytes per
 * counter and zone go out, and the kernel's watermark check worked out again. Read {@link
 * io.oomstream.block.memory.MemoryLines} first.
 */
@NullMarked
package io.oomstream.block.memory;

import org.jspecify.annotations.NullMarked;

/**
 * The request that could not be served: the opening line, the allocation mask, the call trace.
 * Lines come in; mask, order, path and process go out. Read {@link
 * io.oomstream.block.request.InvocationLine} and {@link io.oomstream.block.request.GfpFlags} first.
 */
@NullMarked
package io.oomstream.block.request;

import org.jspecify.annotations.NullMarked;

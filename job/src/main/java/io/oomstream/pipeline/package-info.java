/** The graph: the eight steps, in order. */
@NullMarked
package io.oomstream.pipeline;

import org.jspecify.annotations.NullMarked;

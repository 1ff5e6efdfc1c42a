/**
 * The graph. Sources and sinks come in; the wired job goes out. Read {@link
 * io.oomstream.pipeline.OomPipeline} first.
 */
@NullMarked
package io.oomstream.pipeline;

import org.jspecify.annotations.NullMarked;

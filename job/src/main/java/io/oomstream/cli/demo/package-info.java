/**
 * What {@code demo} shows: a fleet that fails in known ways, and a reader of the output topics.
 * Sample logs come in; records of shippers go out. Read {@link io.oomstream.cli.demo.SampleFleet}
 * first.
 */
@NullMarked
package io.oomstream.cli.demo;

import org.jspecify.annotations.NullMarked;

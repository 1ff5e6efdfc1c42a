/**
 * The catalogue of workloads on its way to the kills: records to words, and how much of a node is
 * remembered for how long. Read {@link io.oomstream.function.catalogue.ShelfFunction} first.
 */
@NullMarked
package io.oomstream.function.catalogue;

import org.jspecify.annotations.NullMarked;

/**
 * The catalogue of workloads on its way to the kills, and how much of a node is remembered for how
 * long. Records of the catalogue come in; changes of what is known of a pod or container, and dead
 * letters, go out. Read {@link io.oomstream.function.catalogue.CatalogueRetentionFunction} first.
 */
@NullMarked
package io.oomstream.function.catalogue;

import org.jspecify.annotations.NullMarked;

/** One report's meaning: causes with their evidence, signals, and the events that say so. */
@NullMarked
package io.oomstream.diagnosis;

import org.jspecify.annotations.NullMarked;

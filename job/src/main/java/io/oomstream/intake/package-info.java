/**
 * One record to the lines of it that can belong to a block, to notes of dropped sequence numbers
 * and to dead letters. Plain Java: the Kafka source and plain loops run the same class. Read {@link
 * io.oomstream.intake.LineIntake} first.
 */
@NullMarked
package io.oomstream.intake;

import org.jspecify.annotations.NullMarked;

/**
 * Where a record is decoded and its lines are classified, in the Kafka source and in plain loops
 * alike. A record comes in; the lines that can belong to a block, notes of dropped sequence numbers
 * and dead letters go out. Read {@link io.oomstream.intake.LineIntake} first.
 */
@NullMarked
package io.oomstream.intake;

import org.jspecify.annotations.NullMarked;

/**
 * What the rules look at. A parsed block comes in; figures that are worked out once, thresholds and
 * words go out. Read {@link io.oomstream.diagnosis.context.DiagnosisContext} first.
 */
@NullMarked
package io.oomstream.diagnosis.context;

import org.jspecify.annotations.NullMarked;

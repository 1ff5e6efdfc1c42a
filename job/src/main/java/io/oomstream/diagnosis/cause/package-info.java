/**
 * The causes, one class each. The context comes in; whether the cause holds goes out, with its
 * evidence. Read {@link io.oomstream.diagnosis.cause.CauseRule} first.
 */
@NullMarked
package io.oomstream.diagnosis.cause;

import org.jspecify.annotations.NullMarked;

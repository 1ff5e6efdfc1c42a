/**
 * Signals that one block or one line proves. The context comes in; signals go out, at most one of a
 * kind and subject. Read {@link io.oomstream.diagnosis.signal.SignalWriter} first.
 */
@NullMarked
package io.oomstream.diagnosis.signal;

import org.jspecify.annotations.NullMarked;

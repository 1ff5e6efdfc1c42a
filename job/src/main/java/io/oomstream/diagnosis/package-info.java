/**
 * What one block means. A parsed block comes in; kill events with cause, evidence and blame go out,
 * and the signals that this block alone proves. Read {@link io.oomstream.diagnosis.Diagnosis}
 * first.
 */
@NullMarked
package io.oomstream.diagnosis;

import org.jspecify.annotations.NullMarked;

/**
 * Scans over bytes, for the envelopes and for the kernel's lines. Knows neither of them. Read
 * {@link io.oomstream.bytes.Ascii} first.
 */
@NullMarked
package io.oomstream.bytes;

import org.jspecify.annotations.NullMarked;

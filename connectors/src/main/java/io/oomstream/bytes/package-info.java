/**
 * Scans over bytes, for the envelopes and for the kernel's lines, neither of which it knows. Bytes
 * and a literal come in; a place or a number goes out. Read {@link io.oomstream.bytes.Ascii} first.
 */
@NullMarked
package io.oomstream.bytes;

import org.jspecify.annotations.NullMarked;

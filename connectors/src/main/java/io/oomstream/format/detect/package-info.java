/**
 * Which envelope a record has, and the reader for it. A record's first bytes come in; an envelope
 * and its reader go out. Read {@link io.oomstream.format.detect.EnvelopeDetector} first.
 */
@NullMarked
package io.oomstream.format.detect;

import org.jspecify.annotations.NullMarked;

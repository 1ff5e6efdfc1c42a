/**
 * Shared parts of the envelope readers. A record's bytes come in; one decoded line at a time goes
 * out, as a view on these bytes, or as a record if it is kept. Read {@link
 * io.oomstream.format.line.LineView} first.
 */
@NullMarked
package io.oomstream.format.line;

import org.jspecify.annotations.NullMarked;

/**
 * What every envelope reader shares. A record's bytes come in; one decoded line at a time goes out
 * as a view on these bytes, and as a record once it is kept. Read {@link
 * io.oomstream.format.line.LineView} first.
 */
@NullMarked
package io.oomstream.format.line;

import org.jspecify.annotations.NullMarked;

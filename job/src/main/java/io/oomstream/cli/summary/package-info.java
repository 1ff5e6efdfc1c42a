/**
 * What was read: files, lines, time span, and what could not be read. Counts come in; the closing
 * words of {@code analyze} go out. Read {@link io.oomstream.cli.summary.Coverage} first.
 */
@NullMarked
package io.oomstream.cli.summary;

import org.jspecify.annotations.NullMarked;

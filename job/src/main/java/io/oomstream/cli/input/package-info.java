/**
 * Log files of {@code analyze}. Paths come in; the events of their lines go out. Read {@link
 * io.oomstream.cli.input.FileAnalysis} first.
 */
@NullMarked
package io.oomstream.cli.input;

import org.jspecify.annotations.NullMarked;

/**
 * The reports that {@code analyze} prints as text and Markdown. Events come in; lines of a terminal
 * go out: an index, then cards. Read {@link io.oomstream.cli.text.TextReport} first.
 */
@NullMarked
package io.oomstream.cli.text;

import org.jspecify.annotations.NullMarked;

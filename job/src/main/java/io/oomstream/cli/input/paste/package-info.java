/**
 * What people and stores did to a log on its way: quotes, indentation, wrapped lines, escapes,
 * left-over heads. A text comes in; the lines as the kernel wrote them go out. Read {@link
 * io.oomstream.cli.input.paste.CleanText} first.
 */
@NullMarked
package io.oomstream.cli.input.paste;

import org.jspecify.annotations.NullMarked;

/**
 * The HTML page: one file that loads nothing, useful without script and better with it. Read {@link
 * io.oomstream.cli.html.HtmlReport} first. Its script and looks are in {@code resources/page}.
 */
@NullMarked
package io.oomstream.cli.html;

import org.jspecify.annotations.NullMarked;

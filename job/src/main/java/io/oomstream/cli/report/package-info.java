/**
 * The report that {@code analyze} prints, as text and as an HTML page. Events come in; words and
 * tables go out. Read {@link io.oomstream.cli.report.TextReport} and {@link
 * io.oomstream.cli.report.HtmlReport} first.
 */
@NullMarked
package io.oomstream.cli.report;

import org.jspecify.annotations.NullMarked;

/**
 * What reports say, whatever they look like: an event in sentences. Events come in; words and
 * tables go out. Read {@link io.oomstream.cli.report.KillStory} and {@link
 * io.oomstream.cli.report.Incident} first.
 */
@NullMarked
package io.oomstream.cli.report;

import org.jspecify.annotations.NullMarked;

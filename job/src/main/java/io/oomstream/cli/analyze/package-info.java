/**
 * What {@code analyze} does with its files: logs, a log that goes on, copies of {@code /proc}. Read
 * {@link io.oomstream.cli.analyze.Request} first, then {@link io.oomstream.cli.analyze.FilesRun}.
 */
@NullMarked
package io.oomstream.cli.analyze;

import org.jspecify.annotations.NullMarked;

/**
 * The command line as a tool among others: terminals, output files, completion, manual page, and
 * names that are nearly right. What the user's shell gives comes in; text goes out. Read {@link
 * io.oomstream.cli.shell.ReportOutput} first.
 */
@NullMarked
package io.oomstream.cli.shell;

import org.jspecify.annotations.NullMarked;

/**
 * The commands. Arguments come in; an exit code goes out, and what the command prints. Read {@link
 * io.oomstream.cli.OomstreamCommand} first.
 */
@NullMarked
package io.oomstream.cli;

import org.jspecify.annotations.NullMarked;

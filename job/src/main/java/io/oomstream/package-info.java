/**
 * Where the process begins. The arguments of the command line come in; the exit code goes out. Read
 * {@link io.oomstream.OomStreamJob} first.
 */
@NullMarked
package io.oomstream;

import org.jspecify.annotations.NullMarked;

/**
 * The page in a browser, for a log that is pasted or dropped: on this machine only, and nothing is
 * kept. Read {@link io.oomstream.cli.serve.LocalServer} first.
 */
@NullMarked
package io.oomstream.cli.serve;

import org.jspecify.annotations.NullMarked;

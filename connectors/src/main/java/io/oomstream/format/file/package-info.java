/**
 * Log files of any size, cut into pieces that decode by themselves. A stream of bytes comes in; one
 * piece after the other goes out, with its line number. Read {@link
 * io.oomstream.format.file.FileSplitter} first.
 */
@NullMarked
package io.oomstream.format.file;

import org.jspecify.annotations.NullMarked;

package io.oomstream.format.file;

/**
 * A piece of a log file that decodes by itself, as a record of a topic does.
 *
 * @param line where it begins, from 1; of a file without lines the number of the piece
 */
public record FileUnit(long line, byte[] bytes) {}

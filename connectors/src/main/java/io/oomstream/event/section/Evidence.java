package io.oomstream.event.section;

import org.jspecify.annotations.Nullable;

/**
 * One fact that supports a statement.
 *
 * @param value a number or a text, in {@code unit}
 * @param threshold what the value was compared with; absent if nothing
 * @param line the log line with the fact
 */
public record Evidence(
    String fact,
    String value,
    @Nullable String unit,
    @Nullable String threshold,
    @Nullable String line) {}

package io.oomstream.event.section;

import org.jspecify.annotations.Nullable;

/**
 * One fact that a statement rests on.
 *
 * @param value a number or a text, in {@code unit}
 * @param threshold what the value was held against; absent for facts that speak for themselves
 * @param line the log line it was read from
 */
public record Evidence(
    String fact,
    String value,
    @Nullable String unit,
    @Nullable String threshold,
    @Nullable String line) {}

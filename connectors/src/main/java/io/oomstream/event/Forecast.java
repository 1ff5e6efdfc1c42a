package io.oomstream.event;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * When a value reaches its limit, if its growth continues.
 *
 * @param limit the limit
 * @param at the most likely time
 * @param earliest begin of the 90 % interval
 * @param latest end of the 90 % interval; absent if it is open
 */
public record Forecast(
    String limit, Instant at, @Nullable Instant earliest, @Nullable Instant latest) {}

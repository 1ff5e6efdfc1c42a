package io.oomstream.event;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * When something meets its limit if it goes on as it did.
 *
 * @param limit what is used up then
 * @param at the likeliest moment
 * @param earliest nine times of ten not before
 * @param latest likewise not after; absent if the range is open
 */
public record Forecast(
    String limit, Instant at, @Nullable Instant earliest, @Nullable Instant latest) {}

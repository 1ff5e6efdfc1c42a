package io.oomstream.rule;

import io.oomstream.event.RuleRef;
import java.util.List;

/**
 * The limits of one kind of episode, for one event.
 *
 * @param threshold number of events within the window that opens an episode
 * @param updateMs shortest time between two signals of one episode
 * @param rules live rules that changed these limits
 */
public record DetectorLimits(long windowMs, int threshold, long updateMs, List<RuleRef> rules) {}

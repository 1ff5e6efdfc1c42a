package io.oomstream.rule;

import io.oomstream.event.RuleRef;
import java.util.List;

/**
 * What one kind of episode is held against, for one event.
 *
 * @param threshold that many within the window open an episode
 * @param updateMs shortest time between two signals of one episode
 * @param rules live rules that say so
 */
public record DetectorLimits(long windowMs, int threshold, long updateMs, List<RuleRef> rules) {}

/**
 * One machine's memory over time. Samples of blocks and snapshots come in; growth with a forecast,
 * levels and missed kills go out. Read {@link io.oomstream.trend.TrendDetector} first.
 */
@NullMarked
package io.oomstream.trend;

import org.jspecify.annotations.NullMarked;

package io.oomstream.local;

import io.oomstream.assemble.AssembleSettings;
import io.oomstream.diagnosis.context.Language;
import io.oomstream.diagnosis.context.Thresholds;
import io.oomstream.intake.DecodeSettings;
import io.oomstream.rule.IncidentOptions;
import io.oomstream.trend.TrendOptions;

/**
 * The settings of the steps.
 *
 * @param fleetShares into how many shares the hosts of one workload are divided
 */
public record PlainSettings(
    DecodeSettings decode,
    AssembleSettings assemble,
    Thresholds thresholds,
    Language language,
    IncidentOptions incidents,
    int fleetShares,
    TrendOptions trends) {}

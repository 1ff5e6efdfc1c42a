package io.oomstream.trend;

import io.oomstream.event.Forecast;
import io.oomstream.event.Severity;
import io.oomstream.event.section.Evidence;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A condition that is true now, with the texts of its signal. */
record Alarm(
    Severity severity,
    double measured,
    double threshold,
    String unit,
    long firstMs,
    List<Evidence> evidence,
    @Nullable Forecast forecast,
    String summary) {}

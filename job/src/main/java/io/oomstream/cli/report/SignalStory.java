package io.oomstream.cli.report;

import io.oomstream.diagnosis.context.Messages;
import org.jspecify.annotations.Nullable;

/** A signal in words, each null where the event does not hold it. */
public record SignalStory(
    @Nullable String severity,
    @Nullable String kind,
    @Nullable String host,
    @Nullable String when,
    @Nullable String subject,
    @Nullable String measured,
    @Nullable String summary) {

  public static SignalStory of(EventNode data, Messages words) {
    String unit = data.text("unit");
    String measured = data.text("measured");
    String threshold = data.text("threshold");
    return new SignalStory(
        data.text("severity"),
        data.text("kind"),
        KillStory.host(data),
        KillStory.when(data, words),
        data.text("subject"),
        measured == null
            ? null
            : FigureText.withUnit(measured, unit)
                + (threshold == null
                    ? ""
                    : words.text(
                        "report.threshold", "figure", FigureText.withUnit(threshold, unit))),
        data.text("summary"));
  }
}

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
    return new SignalStory(
        data.text("severity"),
        data.text("kind"),
        KillStory.host(data),
        KillStory.when(data, words),
        data.text("subject"),
        FigureText.against(data, "measured", "threshold", words),
        data.text("summary"));
  }
}

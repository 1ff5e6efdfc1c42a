package io.oomstream.cli.input;

import io.oomstream.cli.summary.InputSummary;
import io.oomstream.config.BadOptionException;
import io.oomstream.config.JobConfig;
import io.oomstream.format.EnvelopeDecoder;
import io.oomstream.format.file.FileSplitter;
import io.oomstream.format.file.FileUnit;
import io.oomstream.format.json.FieldNames;
import io.oomstream.format.line.LineView;
import io.oomstream.format.line.RawRecord;
import io.oomstream.intake.HostName;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The lines of one log, or what stands for them in its form, each as a record whose time is the
 * line's own: the wall clock, else the kernel's time (which goes on over a reboot), and never
 * earlier than that of the line before.
 */
final class LogLines implements AutoCloseable {

  /** The kernel's clock falls back when it boots; its lines are that far out of order at most. */
  private static final long CLOCK_FALL_MS = 1_000;

  private final LogFile file;
  private final BufferedInputStream in;
  private final FileSplitter units;
  private final EnvelopeDecoder clock;
  private final Map<String, byte[]> headers;
  private long time = Long.MIN_VALUE;
  private long seen = LineView.ABSENT;
  private long boot;

  private final InputSummary summary;
  private final InputSummary.Log counted;
  private final @Nullable LivePart live;
  private final long linesBefore;
  private boolean ended;
  private long place;
  private int parts;

  /**
   * Opens it.
   *
   * @param live the part of a log that goes on; null for a whole log
   */
  LogLines(
      LogFile file,
      @Nullable String host,
      JobConfig config,
      int maxLineBytes,
      InputSummary summary,
      Meter meter,
      @Nullable LivePart live)
      throws IOException, BadOptionException {
    this.file = file;
    this.summary = summary;
    this.live = live;
    linesBefore = live == null ? 0 : live.lines();
    if (live == null) {
      counted = summary.log();
      in = Packing.unpacked(meter.counting(file.raw()));
    } else {
      counted = live.counted();
      in = Packing.unpacked(live.pipe());
      time = live.time();
      boot = live.boot();
    }
    FieldNames names = config.fields();
    units = LogUnits.of(in, config.envelope(), names, config.zone());
    clock = new EnvelopeDecoder(config.envelope(), maxLineBytes, config.zone(), names);
    String named = host != null ? host : file.host();
    headers =
        Map.of(
            HostName.HEADER,
            (named == null ? file.path() : named).getBytes(StandardCharsets.UTF_8));
  }

  /** The next line; null at the end. */
  @Nullable RawRecord next() {
    FileUnit unit = ended ? null : nextUnit();
    if (unit == null) {
      return null;
    }
    if (live != null) {
      live.read(linesBefore + unit.line());
    }
    summary.record();
    // A log that shows its newest line first was turned, and a line may hold several: what comes
    // later does not stand later.
    parts += unit.line() <= place ? 1 : 0;
    place = unit.line();
    seen = LineView.ABSENT;
    clock.decode(record(unit, file.referenceMs()), this::noteTime);
    if (seen != LineView.ABSENT) {
      time = Math.max(time, seen);
    }
    if (live != null) {
      live.come(time, boot);
    }
    return record(unit, time == Long.MIN_VALUE ? 0 : time);
  }

  /** What is packed may end early: what came before counts. */
  private @Nullable FileUnit nextUnit() {
    try {
      return units.next();
    } catch (IOException e) {
      ended = true;
      summary.warn(file.path() + ": cannot be read to its end: " + e.getMessage());
      return null;
    }
  }

  private void noteTime(LineView view) {
    counted.line(view);
    if (view.wallTimeUs() != LineView.ABSENT) {
      seen = Math.floorDiv(view.wallTimeUs(), 1000L);
    } else if (view.kernelTimeUs() != LineView.ABSENT) {
      long sinceBoot = Math.floorDiv(view.kernelTimeUs(), 1000L);
      if (time != Long.MIN_VALUE && boot + sinceBoot < time - CLOCK_FALL_MS) {
        boot = time - sinceBoot;
      }
      seen = boot + sinceBoot;
    }
  }

  private RawRecord record(FileUnit unit, long timestamp) {
    return new RawRecord(
        file.path(), parts, linesBefore + unit.line(), timestamp, null, unit.bytes(), headers);
  }

  @Override
  public void close() {
    if (live != null) {
      return;
    }
    try {
      in.close();
    } catch (IOException e) {
      summary.warn(file.path() + ": " + e.getMessage());
    }
  }
}

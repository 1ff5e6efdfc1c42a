package io.oomstream.cli.input;

import io.oomstream.format.EnvelopeDecoder;
import io.oomstream.format.file.FileSplitter;
import io.oomstream.format.file.FileUnit;
import io.oomstream.format.line.Envelope;
import io.oomstream.format.line.LineView;
import io.oomstream.format.line.RawRecord;
import io.oomstream.intake.HostName;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
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

  LogLines(LogFile file, @Nullable String host, Envelope envelope, int maxLineBytes, ZoneId zone)
      throws IOException {
    this.file = file;
    this.in = file.open();
    this.units = FileSplitter.of(in, envelope);
    this.clock = new EnvelopeDecoder(envelope, maxLineBytes, zone);
    this.headers =
        Map.of(
            HostName.HEADER, (host == null ? file.path() : host).getBytes(StandardCharsets.UTF_8));
  }

  /** The next line; null at the end. */
  @Nullable RawRecord next() throws IOException {
    FileUnit unit = units.next();
    if (unit == null) {
      return null;
    }
    seen = LineView.ABSENT;
    clock.decode(record(unit, file.referenceMs()), this::noteTime);
    if (seen != LineView.ABSENT) {
      time = Math.max(time, seen);
    }
    return record(unit, time == Long.MIN_VALUE ? 0 : time);
  }

  private void noteTime(LineView view) {
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
    return new RawRecord(file.path(), 0, unit.line(), timestamp, null, unit.bytes(), headers);
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}

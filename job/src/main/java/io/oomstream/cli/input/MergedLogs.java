package io.oomstream.cli.input;

import io.oomstream.cli.input.store.UnknownShape;
import io.oomstream.cli.summary.InputSummary;
import io.oomstream.config.BadOptionException;
import io.oomstream.config.JobConfig;
import io.oomstream.config.OomOptions;
import io.oomstream.format.line.RawRecord;
import java.io.IOException;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/** The lines of several logs, merged by time so that event time never runs back. */
public final class MergedLogs implements Iterator<RawRecord> {

  private final PriorityQueue<Head> heads =
      new PriorityQueue<>(
          Comparator.comparingLong((Head h) -> h.record().timestamp())
              .thenComparingInt(Head::file));
  private final InputSummary summary;
  private int refused;

  private record Head(RawRecord record, int file, LogLines rest) {}

  /**
   * Opens the logs. One that can't be opened, or is of a shape that is not known, is a warning of
   * the summary.
   *
   * @param host the name of hosts that the lines do not name; null to take the archive's or the
   *     path
   */
  public MergedLogs(List<LogFile> files, @Nullable String host, JobConfig config)
      throws BadOptionException {
    this(files, host, config, new Meter(), null);
  }

  /**
   * Likewise.
   *
   * @param meter of what has been read
   * @param live the part of the only log, which goes on; null for whole logs
   */
  MergedLogs(
      List<LogFile> files,
      @Nullable String host,
      JobConfig config,
      Meter meter,
      @Nullable LivePart live)
      throws BadOptionException {
    summary = live == null ? new InputSummary() : live.summary();
    int maxLineBytes = config.get(OomOptions.INPUT_MAX_LINE_BYTES);
    for (int i = 0; i < files.size(); i++) {
      try {
        push(i, new LogLines(files.get(i), host, config, maxLineBytes, summary, meter, live));
      } catch (UnknownShape e) {
        refused++;
        summary.warn(files.get(i).path() + ": " + e.getMessage());
      } catch (IOException e) {
        refused++;
        summary.warn(files.get(i).path() + ": cannot be read: " + e.getMessage());
      }
    }
  }

  /** What has been read so far. */
  public InputSummary summary() {
    return summary;
  }

  /** How many logs gave nothing because they could not be opened. */
  int refused() {
    return refused;
  }

  @Override
  public boolean hasNext() {
    return !heads.isEmpty();
  }

  @Override
  public RawRecord next() {
    Head head = heads.poll();
    if (head == null) {
      throw new NoSuchElementException();
    }
    push(head.file(), head.rest());
    return head.record();
  }

  private void push(int file, LogLines lines) {
    RawRecord next = lines.next();
    if (next != null) {
      heads.add(new Head(next, file, lines));
    } else {
      lines.close();
    }
  }
}

package io.oomstream.cli.input;

import io.oomstream.cli.report.UnfinishedBlocks;
import io.oomstream.config.BadOptionException;
import io.oomstream.config.JobConfig;
import io.oomstream.config.OomOptions;
import io.oomstream.event.DeadLetter;
import io.oomstream.event.OutgoingEvent;
import io.oomstream.format.line.RawRecord;
import io.oomstream.local.PlainJob;
import io.oomstream.local.PlainSettings;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Runs the job's steps over log files, in this thread. */
public final class FileAnalysis {

  /**
   * What came out.
   *
   * @param blocks what was asked for
   * @param linesRead of all files
   */
  public record Result(
      List<OutgoingEvent> kills,
      List<OutgoingEvent> signals,
      List<OutgoingEvent> blocks,
      List<DeadLetter> deadLetters,
      long linesRead) {}

  /** Which whole reports are wanted. */
  public enum Blocks {
    NONE,
    /** {@link UnfinishedBlocks}. */
    UNFINISHED,
    ALL
  }

  private FileAnalysis() {}

  /**
   * Analyses the files.
   *
   * @param host the name of hosts that the lines do not name; null to take the file's path
   */
  public static Result run(
      List<LogFile> files, @Nullable String host, JobConfig config, Blocks blocks)
      throws UnusableInput, BadOptionException {
    CollectedEvents events = new CollectedEvents(blocks);
    PlainJob job = new PlainJob(settings(config), events);
    long linesRead = 0;
    try {
      Iterator<RawRecord> records = records(files, host, config);
      while (records.hasNext()) {
        job.read(records.next());
        linesRead++;
      }
    } catch (UncheckedIOException e) {
      throw new UnusableInput(String.valueOf(e.getMessage()).replace('\n', ' '));
    }
    job.end();
    return events.result(linesRead);
  }

  /** The records of the files, in the order of their time. */
  static Iterator<RawRecord> records(List<LogFile> files, @Nullable String host, JobConfig config)
      throws BadOptionException {
    return new MergedLogs(
        files, host, config.envelope(), config.get(OomOptions.INPUT_MAX_LINE_BYTES), config.zone());
  }

  private static PlainSettings settings(JobConfig config) throws BadOptionException {
    return new PlainSettings(
        config.decodeSettings(),
        config.assembleSettings(),
        config.thresholds(),
        config.language(),
        config.incidentOptions(),
        config.get(OomOptions.FLEET_SHARES),
        config.trendOptions());
  }
}

package io.oomstream.cli.input;

import io.oomstream.cli.report.UnfinishedBlocks;
import io.oomstream.cli.summary.InputSummary;
import io.oomstream.config.BadOptionException;
import io.oomstream.config.JobConfig;
import io.oomstream.config.OomOptions;
import io.oomstream.event.DeadLetter;
import io.oomstream.event.OutgoingEvent;
import io.oomstream.local.PlainJob;
import io.oomstream.local.PlainSettings;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Runs the job's steps over log files, in this thread. */
public final class FileAnalysis {

  /**
   * What came out.
   *
   * @param blocks what was asked for
   * @param summary what was read
   * @param unreadable how many logs gave nothing because they could not be opened
   */
  public record Result(
      List<OutgoingEvent> kills,
      List<OutgoingEvent> signals,
      List<OutgoingEvent> blocks,
      List<DeadLetter> deadLetters,
      InputSummary summary,
      int unreadable) {}

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
    return run(files, host, config, blocks, new Meter());
  }

  /**
   * Likewise.
   *
   * @param meter of what has been read, for another thread
   */
  public static Result run(
      List<LogFile> files, @Nullable String host, JobConfig config, Blocks blocks, Meter meter)
      throws UnusableInput, BadOptionException {
    CollectedEvents events = new CollectedEvents(blocks);
    PlainJob job = new PlainJob(settings(config), events);
    MergedLogs logs = new MergedLogs(files, host, config, meter, null);
    while (logs.hasNext()) {
      job.read(logs.next());
    }
    job.end();
    return events.result(logs.summary(), logs.refused());
  }

  static PlainSettings settings(JobConfig config) throws BadOptionException {
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

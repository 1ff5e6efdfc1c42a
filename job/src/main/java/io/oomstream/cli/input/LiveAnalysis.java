package io.oomstream.cli.input;

import io.oomstream.assemble.AssembleSettings;
import io.oomstream.config.BadOptionException;
import io.oomstream.config.JobConfig;
import io.oomstream.local.PlainJob;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Runs the job's steps over a log that may go on: what is known is reported at each pause. A log
 * that ends before the first pause is read like any other.
 */
public final class LiveAnalysis {

  /** Gets what has come out since the last time. */
  public interface Listener {
    void news(FileAnalysis.Result news) throws IOException;
  }

  /** A live block waits so long for the reaper's line; nothing comes out of order. */
  private static final long SETTLING_MS = 500;

  private final LogFile file;
  private final LivePipe pipe;
  private final @Nullable String host;
  private final JobConfig config;

  /**
   * An analysis of a log.
   *
   * @param host the name of hosts that the lines do not name; null to take the file's path
   */
  public LiveAnalysis(LogFile file, LivePipe pipe, @Nullable String host, JobConfig config) {
    this.file = file;
    this.pipe = pipe;
    this.host = host;
    this.config = config;
  }

  /**
   * Reads to the end.
   *
   * @return what came out since the last pause
   */
  public FileAnalysis.Result run(FileAnalysis.Blocks blocks, Listener listener)
      throws BadOptionException, IOException {
    CollectedEvents events = new CollectedEvents(blocks);
    PlainJob job = new PlainJob(FileAnalysis.settings(config), events);
    LivePart part = new LivePart(pipe);
    long reached = Long.MIN_VALUE;
    boolean live = false;
    while (true) {
      MergedLogs logs = new MergedLogs(List.of(file), host, config, new Meter(), part);
      while (logs.hasNext()) {
        job.read(logs.next());
      }
      if (pipe.isEnded()) {
        job.end();
        return events.take(part.summary(), logs.refused());
      }
      if (!live) {
        live = true;
        job.collect(quick(config.assembleSettings()));
      }
      // The log's own clock goes on with the wall's.
      long come = part.time() == Long.MIN_VALUE ? 0 : part.time();
      reached =
          pipe.isIdle() || come <= reached ? Math.max(come, reached) + LivePipe.QUIET_MS : come;
      job.advanceTo(reached);
      listener.news(events.take(part.summary(), logs.refused()));
      pipe.resume();
    }
  }

  private static AssembleSettings quick(AssembleSettings usual) {
    return new AssembleSettings(
        Math.min(SETTLING_MS, usual.settlingMs()),
        0,
        usual.stallMs(),
        usual.maxHostLines(),
        usual.maxHostBytes(),
        usual.bootMemoryMs(),
        usual.limits());
  }
}

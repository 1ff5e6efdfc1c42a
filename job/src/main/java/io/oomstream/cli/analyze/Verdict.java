package io.oomstream.cli.analyze;

import com.fasterxml.jackson.databind.JsonNode;
import io.oomstream.cli.input.FileAnalysis;
import io.oomstream.cli.shell.ExitCode;
import io.oomstream.cli.summary.Coverage;
import io.oomstream.event.DeadLetter;
import java.util.List;

/** How a run ends, for scripts. */
public final class Verdict {

  private Verdict() {}

  /**
   * The exit code.
   *
   * @param partly whether a file could not be read, or not to its end
   * @param nothing whether nothing was found
   */
  static int exitCode(Coverage coverage, boolean partly, boolean nothing) {
    if (nothing && coverage.isOfNoKernel()) {
      return ExitCode.NO_KERNEL_LINE;
    }
    return partly ? ExitCode.PARTLY_READ : nothing ? ExitCode.NOTHING_FOUND : ExitCode.OK;
  }

  /** Nothing came out, and nothing in the files could be read either. */
  public static boolean isUnusable(FileAnalysis.Result result, List<JsonNode> events) {
    return events.isEmpty()
        && result.summary().records()
            == result.deadLetters().stream().filter(Verdict::isUnread).count();
  }

  private static boolean isUnread(DeadLetter letter) {
    return letter.reason() == DeadLetter.Reason.UNDECODABLE
        || letter.reason() == DeadLetter.Reason.LINE_TOO_LONG;
  }
}

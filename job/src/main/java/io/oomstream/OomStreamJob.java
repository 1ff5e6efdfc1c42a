package io.oomstream;

import io.oomstream.cli.OomstreamCommand;
import io.oomstream.cli.shell.Launcher;

/**
 * The entry of the launcher and of the cluster's application mode. Only the launcher may end the
 * process: on a cluster it belongs to Flink.
 */
public final class OomStreamJob {

  private OomStreamJob() {}

  /**
   * Runs a command.
   *
   * @throws IllegalArgumentException on a cluster, if the command could not be carried out
   */
  public static void main(String[] args) {
    OomstreamCommand.Outcome outcome = OomstreamCommand.run(args);
    if (Launcher.isUsed()) {
      System.out.flush();
      System.err.flush();
      Runtime.getRuntime().halt(outcome.exitCode());
    } else if (outcome.exitCode() != 0) {
      // All that Flink shows of a failed start, in its web interface and to the operator.
      throw new IllegalArgumentException(
          "oomstream ended with exit code " + outcome.exitCode() + ": " + outcome.failure(),
          outcome.cause());
    }
  }
}

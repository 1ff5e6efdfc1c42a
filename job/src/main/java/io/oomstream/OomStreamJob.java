package io.oomstream;

import io.oomstream.cli.Launcher;
import io.oomstream.cli.OomstreamCommand;

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
    int exitCode = OomstreamCommand.execute(args);
    if (Launcher.isUsed()) {
      System.out.flush();
      System.err.flush();
      Runtime.getRuntime().halt(exitCode);
    } else if (exitCode != 0) {
      throw new IllegalArgumentException("oomstream ended with exit code " + exitCode);
    }
  }
}

package io.oomstream.cli.shell;

/** Whether the process was started by the launcher script, or belongs to a cluster. */
public final class Launcher {

  private Launcher() {}

  public static boolean isUsed() {
    return Boolean.getBoolean("oomstream.launcher");
  }
}

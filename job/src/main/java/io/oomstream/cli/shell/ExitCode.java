package io.oomstream.cli.shell;

import java.util.LinkedHashMap;
import java.util.Map;

/** How the command ends. */
public final class ExitCode {

  /** The command did its work; of {@code analyze}: something was found. */
  public static final int OK = 0;

  public static final int FAILED = 1;

  /** Arguments or files that nothing can be done with. */
  public static final int UNUSABLE = 2;

  /** The files could be read, but no line of them looks like the kernel's. */
  public static final int NO_KERNEL_LINE = 3;

  /** A file could not be read, or not to its end; the others were. */
  public static final int PARTLY_READ = 4;

  /** The files were read, and the kernel's lines in them tell of no trouble. */
  public static final int NOTHING_FOUND = 5;

  /** The reader of the output went away: what a shell says of a process that SIGPIPE ended. */
  public static final int UNREAD = 141;

  private ExitCode() {}

  /** For people, by code. */
  public static Map<String, String> meanings() {
    Map<String, String> meanings = new LinkedHashMap<>();
    meanings.put("0", "Done; of analyze: a kill, a failed allocation or another signal was found.");
    meanings.put("1", "Any other failure, such as a full disk.");
    meanings.put("2", "The arguments or the files can't be used.");
    meanings.put("3", "analyze: the files were read, but no line looks like the kernel's.");
    meanings.put("4", "analyze: a file could not be read, or not to its end; the others were.");
    meanings.put("5", "analyze: the files were read, and the kernel's lines tell of no trouble.");
    return meanings;
  }
}

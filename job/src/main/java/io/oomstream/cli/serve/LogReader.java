package io.oomstream.cli.serve;

import io.oomstream.cli.html.PageContent;
import java.nio.file.Path;

/** Analyzes a log that someone gave. */
@FunctionalInterface
public interface LogReader {

  /**
   * What came out.
   *
   * @param content of the page, with all blocks
   * @param unusable no line could be read
   */
  record Outcome(PageContent content, boolean unusable) {}

  /**
   * Reads it.
   *
   * @param log a file that is gone afterwards
   * @param name what to call it
   * @throws Exception with a message for people if it can't be read
   */
  Outcome read(Path log, String name) throws Exception;
}

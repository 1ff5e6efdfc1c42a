package io.oomstream.cli.serve;

import com.fasterxml.jackson.databind.JsonNode;
import io.oomstream.cli.summary.Coverage;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Analyzes a log that someone gave. */
@FunctionalInterface
public interface LogReader {

  /**
   * What came out.
   *
   * @param events structured CloudEvents with all blocks
   * @param coverage what was read; null if that is unknown
   * @param notes on lines that led to no event
   * @param unusable no line could be read
   */
  record Outcome(
      List<JsonNode> events, @Nullable Coverage coverage, List<String> notes, boolean unusable) {}

  /**
   * Reads it.
   *
   * @param log a file that is gone afterwards
   * @param name what to call it
   * @throws Exception with a message for people if it can't be read
   */
  Outcome read(Path log, String name) throws Exception;
}

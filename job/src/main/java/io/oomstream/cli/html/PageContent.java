package io.oomstream.cli.html;

import com.fasterxml.jackson.databind.JsonNode;
import io.oomstream.cli.summary.Coverage;
import io.oomstream.snapshot.Snapshot;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a page shows.
 *
 * @param events structured CloudEvents; with block events it has all tasks and the log's lines
 * @param coverage what was read; null if that is unknown
 * @param moments that copies of {@code /proc} files show, in order of time
 * @param notes on lines that led to no event
 */
public record PageContent(
    List<JsonNode> events,
    @Nullable Coverage coverage,
    List<Snapshot> moments,
    List<String> notes) {

  /** Of events alone. */
  public static PageContent of(List<JsonNode> events) {
    return new PageContent(events, null, List.of(), List.of());
  }

  public PageContent read(@Nullable Coverage all) {
    return new PageContent(events, all, moments, notes);
  }

  public PageContent with(List<Snapshot> snapshots) {
    return new PageContent(events, coverage, snapshots, notes);
  }

  public PageContent noting(List<String> lines) {
    return new PageContent(events, coverage, moments, lines);
  }
}

package io.oomstream.block.victim;

import static org.assertj.core.api.Assertions.assertThat;

import io.oomstream.event.section.Tasks;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TaskGroupsTest {

  @Test
  void sumsTheRowsOfEachName() {
    assertThat(TaskGroups.byComm(List.of(row("java", 4L), row("sh", 16L), row("java", 8L))))
        .containsExactly(
            new Tasks.Group("sh", 1, 16L, null, null), new Tasks.Group("java", 2, 12L, null, null));
  }

  /** A row that was cut off at the right has figures, and no name: it is in the totals only. */
  @Test
  void aRowWithoutANameIsInNoGroup() {
    List<Tasks.Row> rows = List.of(row("java", 4L), row(null, 8L));

    assertThat(TaskGroups.byComm(rows)).containsExactly(new Tasks.Group("java", 1, 4L, null, null));
    assertThat(TaskGroups.totals(rows).rssBytes()).isEqualTo(12L);
  }

  private static Tasks.Row row(@Nullable String comm, long rssBytes) {
    return new Tasks.Row(1L, null, null, comm, null, null, rssBytes, null, null, null, null, null);
  }
}

package io.oomstream.block.victim;

import static org.assertj.core.api.Assertions.assertThat;

import io.oomstream.event.section.Badness;
import io.oomstream.event.section.Tasks;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BadnessFormulaTest {

  private static final long PAGE = 4096;

  private static Tasks.Row row(
      long pid, long uid, long rss, long swap, @Nullable Long pageTables, Integer adj) {
    return new Tasks.Row(
        pid,
        pid,
        uid,
        "t",
        adj,
        null,
        rss * PAGE,
        null,
        null,
        null,
        pageTables == null ? null : Long.valueOf(pageTables * PAGE),
        swap * PAGE);
  }

  private static Tasks tasks(Tasks.Row... rows) {
    return new Tasks(rows.length, List.of(rows), List.of(), 0, new Tasks.Totals(null, null, null));
  }

  private static Badness weigh(
      Tasks tasks, long pid, long pageSize, @Nullable Long total, @Nullable Long printed) {
    return Objects.requireNonNull(BadnessFormula.of(tasks, pid, pageSize, total, printed));
  }

  @Test
  void theSeed() {
    Tasks tasks =
        tasks(
            row(217, 0, 554, 957, 42L, -950),
            row(298, 0, 923, 8687, 106L, 0),
            row(5071, 0, 2461248, 8441856, 5462549L, 0));
    long total = 8201837 * PAGE + 33855916L * 1024;

    Badness badness = weigh(tasks, 5071, PAGE, total, null);

    assertThat(badness)
        .isEqualTo(
            new Badness(
                16365653L,
                981L,
                null,
                1,
                "rss 2461248 + swap 8441856 + page tables 5462549 = 16365653 pages of 16665816",
                null));
  }

  @Test
  void theWorkedExampleOfTheGrammar() {
    Badness badness =
        weigh(tasks(row(9, 1000, 7000000, 0, 14336L, 300)), 9, PAGE, 8201298 * PAGE, null);
    assertThat(badness.points()).isEqualTo(9474636);
    assertThat(badness.score()).isEqualTo(1155);
    assertThat(badness.formula())
        .isEqualTo(
            "rss 7000000 + swap 0 + page tables 14336 + adj 300 x 8201 = 9474636 pages of 8201298");
  }

  /** 1000000 pages in all; the process has 500000. */
  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "0, 0, 500, 500000, ''",
        "0, 0, 485, 485000, root: pages less 3 %",
        "0, 0, 470, 470000, root: adj less 30",
        "0, 100, 585, 585000, root: pages less 3 %",
        "0, 900, 1000, 1370000, in thousandths",
        "1000, 900, 1400, 1400000, ''",
        "0, 0, 777, 500000, ''",
        "0, 0, -, 500000, ''",
      })
  void thePrintedScoreTellsWhatRootWasLetOff(
      long uid, int adj, @Nullable Long printed, long points, String note) {
    Badness badness =
        weigh(tasks(row(9, uid, 400000, 90000, 10000L, adj)), 9, PAGE, 1000000 * PAGE, printed);
    assertThat(badness.points()).isEqualTo(points);
    assertThat(badness.printedScore()).isEqualTo(printed);
    assertThat(badness.formula()).contains(note);
    if (note.isEmpty()) {
      assertThat(badness.formula()).doesNotContain("(");
    }
  }

  @Test
  void rankCountsOnlyCandidates() {
    Tasks tasks =
        tasks(
            row(1, 0, 9000, 0, 0L, 0),
            row(2, 0, 8000, 0, 0L, -1000),
            row(3, 0, 700, 0, 0L, 0),
            row(4, 0, 600, 0, 0L, 0),
            row(5, 0, 100, 0, 0L, 1000));
    long total = 10000 * PAGE;
    assertThat(weigh(tasks, 5, PAGE, total, null).rank()).isEqualTo(1);
    assertThat(weigh(tasks, 3, PAGE, total, null).rank()).isEqualTo(2);
    assertThat(weigh(tasks, 4, PAGE, total, null).rank()).isEqualTo(3);
    assertThat(weigh(tasks, 2, PAGE, total, null).rank()).isNull();
  }

  @Test
  void withoutTheTotalOnlyAdjZeroCanBeWeighed() {
    Tasks tasks = tasks(row(3, 0, 700, 0, 0L, 0), row(4, 0, 600, 0, 0L, 5));
    Badness badness = weigh(tasks, 3, PAGE, null, null);
    assertThat(badness.points()).isEqualTo(700);
    assertThat(badness.score()).isNull();
    assertThat(badness.rank()).isNull();
    assertThat(BadnessFormula.of(tasks, 4, PAGE, null, null)).isNull();
  }

  @Test
  void olderTablesHaveNoPageTables() {
    Badness badness = weigh(tasks(row(3, 7, 700, 50, null, 0)), 3, PAGE, 1000 * PAGE, 750L);
    assertThat(badness.formula()).isEqualTo("rss 700 + swap 50 = 750 pages of 1000");
  }

  @Test
  void aVictimOutsideTheTableHasThePrintedScoreOnly() {
    Badness printed = new Badness(null, null, 12L, null, null, null);
    Tasks tasks = tasks(row(3, 0, 700, 0, 0L, 0));
    assertThat(BadnessFormula.of(tasks, 99, PAGE, 1000 * PAGE, 12L)).isEqualTo(printed);
    assertThat(BadnessFormula.of(null, 99, PAGE, 1000 * PAGE, 12L)).isEqualTo(printed);
    assertThat(BadnessFormula.of(tasks, 99, PAGE, 1000 * PAGE, null)).isNull();
    assertThat(BadnessFormula.of(tasks, 3, null, 1000 * PAGE, null)).isNull();
    assertThat(BadnessFormula.of(tasks, 3, 0L, 1000 * PAGE, null)).isNull();
    assertThat(weigh(tasks, 3, PAGE, 0L, null).score()).isNull();
  }

  @Test
  void oneAdjForAllRanksWithoutTheTotal() {
    Tasks same =
        tasks(
            row(3, 0, 700, 0, 0L, 998), row(4, 0, 900, 0, 0L, 998), row(5, 0, 9000, 0, 0L, -1000));
    Badness badness = weigh(same, 3, PAGE, null, null);
    assertThat(badness.rank()).isEqualTo(2);
    assertThat(badness.points()).isNull();

    Tasks mixed = tasks(row(3, 0, 700, 0, 0L, 998), row(4, 0, 900, 0, 0L, 0));
    assertThat(BadnessFormula.of(mixed, 3, PAGE, null, null)).isNull();
  }

  @Test
  void aThreadsRowStandsForItsProcess() {
    Tasks.Row thread =
        new Tasks.Row(31L, 30L, 0L, "t", 0, null, 700 * PAGE, null, null, null, 0L, 0L);
    assertThat(weigh(tasks(thread), 30, PAGE, 10000 * PAGE, null).points()).isEqualTo(700);
  }
}

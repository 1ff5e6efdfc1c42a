package io.oomstream.trend;

import static org.assertj.core.api.Assertions.assertThat;

import io.oomstream.diagnosis.context.Language;
import io.oomstream.event.AnomalySignal;
import io.oomstream.event.section.Host;
import io.oomstream.snapshot.SnapshotFigures;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The texts of signals over windows are in the report's language, and their ids are not. */
class SignalLanguageTest {

  private static final long GIB = 1L << 30;

  @Test
  void chineseTextsEnglishIds() {
    List<TrendDetector.Raised> english = raised(TrendOptions.defaults());
    List<TrendDetector.Raised> chinese = raised(TrendOptions.defaults().in(Language.ZH));
    assertThat(english).hasSizeGreaterThan(3);
    assertThat(chinese.stream().map(TrendDetector.Raised::id).toList())
        .isEqualTo(english.stream().map(TrendDetector.Raised::id).toList());
    for (TrendDetector.Raised raised : chinese) {
      AnomalySignal signal = raised.signal();
      assertThat(signal.summary().codePoints().anyMatch(Character::isIdeographic))
          .as(signal.summary())
          .isTrue();
      assertThat(signal.summary()).doesNotContain("{", "trend.");
    }
    assertThat(english)
        .allSatisfy(
            r ->
                assertThat(r.signal().summary().codePoints().anyMatch(Character::isIdeographic))
                    .isFalse());
  }

  /** Memory runs out by page tables, comes back, and falls silent. */
  private static List<TrendDetector.Raised> raised(TrendOptions options) {
    List<TrendDetector.Raised> all = new ArrayList<>();
    MachineHistory history = null;
    for (int i = 0; i < 12; i++) {
      long used = i < 8 ? i * GIB : 0;
      TrendDetector.Step step = TrendDetector.next(history, sample(i, used), options);
      history = step.history();
      all.addAll(step.signals());
    }
    all.addAll(TrendDetector.forget("h", last(history), options));
    return all;
  }

  private static MachineHistory last(@Nullable MachineHistory history) {
    return history == null ? MachineHistory.EMPTY : history;
  }

  private static MachineSample sample(int i, long tables) {
    Map<String, Long> values = new HashMap<>();
    values.put(SnapshotFigures.MANAGED, 8 * GIB);
    values.put(SnapshotFigures.FREE, Math.max(0, 7 * GIB - tables));
    values.put(SnapshotFigures.AVAILABLE, Math.max(0, 7 * GIB - tables));
    values.put(SnapshotFigures.PAGE_TABLES, tables);
    values.put(SnapshotFigures.SWAP_TOTAL, GIB);
    values.put(SnapshotFigures.SWAP_USED, i < 8 ? GIB : 0);
    values.put(SnapshotFigures.PRESSURE_FULL, 9_000L);
    long time = 1_000_000L + i * 600_000L;
    return new MachineSample(
        "h",
        new Host("h", null, null, null, null, 4096L),
        time,
        time,
        "s" + i,
        null,
        values,
        (long) i * 3,
        0);
  }
}

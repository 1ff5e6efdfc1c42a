package io.oomstream.trend;

import io.oomstream.diagnosis.context.HumanUnits;
import io.oomstream.diagnosis.context.Messages;
import io.oomstream.event.Severity;
import io.oomstream.event.SignalKind;
import io.oomstream.event.section.Evidence;
import io.oomstream.event.section.Unit;
import io.oomstream.snapshot.SnapshotFigures;
import java.util.ArrayList;
import java.util.List;

/**
 * Free blocks of 16 pages and more become rare while free memory is left: requests for contiguous
 * memory will fail. Compaction makes new blocks on demand, so if its failures are counted, some are
 * required too.
 */
final class FragmentationTrendRule {

  static final String SUBJECT = "order >= 4";

  private static final double LOW = 0.15;
  private static final int IN_A_ROW = 3;
  private static final double RELEASE = 0.25;
  private static final double FELL = 3;
  private static final double FREE = 0.02;
  private static final double HUNDREDTHS = 10_000;

  private FragmentationTrendRule() {}

  static void check(Window window, Messages words, List<Check> out) {
    Long now = window.now(SnapshotFigures.HIGH_ORDER_FREE);
    List<Slope.Point> points = window.series(SnapshotFigures.HIGH_ORDER_FREE);
    if (now == null || points.isEmpty()) {
      return;
    }
    double share = now / HUNDREDTHS;
    out.add(
        new Check(
            SignalKind.FRAGMENTATION,
            SUBJECT,
            1 - share,
            holds(window, points, share) ? alarm(window, points, share, words) : null,
            1 - RELEASE));
  }

  private static boolean holds(Window window, List<Slope.Point> points, double share) {
    Long free = window.last(SnapshotFigures.FREE);
    Long managed = window.last(SnapshotFigures.MANAGED);
    double most = points.stream().mapToDouble(Slope.Point::value).max().orElse(0) / HUNDREDTHS;
    boolean lasts =
        points.size() > IN_A_ROW
            && points.subList(points.size() - IN_A_ROW, points.size()).stream()
                .allMatch(point -> point.value() / HUNDREDTHS <= LOW);
    Long failed = LevelRule.increase(window, SnapshotFigures.COMPACT_FAIL, points.get(0).timeMs());
    return share <= LOW
        && lasts
        && most >= share * FELL
        && (failed == null || failed > 0)
        && (free == null || managed == null || free >= FREE * managed);
  }

  private static Alarm alarm(
      Window window, List<Slope.Point> points, double share, Messages words) {
    List<Evidence> evidence = new ArrayList<>();
    double most = points.stream().mapToDouble(Slope.Point::value).max().orElse(0) / HUNDREDTHS;
    evidence.add(Evidence.share(words.text("fact.high-order-free"), most, null, null));
    Long failed = LevelRule.increase(window, SnapshotFigures.COMPACT_FAIL, points.get(0).timeMs());
    if (failed != null) {
      evidence.add(
          Evidence.number(words.text("fact.compactions-failed"), failed, Unit.COUNT, null, null));
    }
    return new Alarm(
        Severity.WARNING,
        share,
        LOW,
        Unit.SHARE_OF_FREE,
        points.get(0).timeMs(),
        evidence,
        null,
        words.text("trend.pieces", "share", HumanUnits.percent(share)));
  }
}

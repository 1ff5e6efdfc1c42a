package io.oomstream.trend;

import io.oomstream.diagnosis.context.HumanUnits;
import io.oomstream.diagnosis.context.Messages;
import io.oomstream.event.Severity;
import io.oomstream.event.SignalKind;
import io.oomstream.event.section.Evidence;
import io.oomstream.event.section.Unit;
import io.oomstream.snapshot.SnapshotFigures;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Levels in snapshots that are alarms by themselves. */
final class LevelRule {

  /** An alarm ends below this share of the threshold. */
  private static final double RELEASE = 0.8;

  private static final int IN_A_ROW = 3;
  private static final double HUNDREDTHS = 10_000;

  private final Window window;
  private final TrendOptions.Levels levels;
  private final Messages words;

  LevelRule(Window window, TrendOptions options) {
    this.window = window;
    this.levels = options.levels();
    this.words = options.words();
  }

  void check(List<Check> out) {
    if (window.now(SnapshotFigures.AVAILABLE) != null) {
      share(SignalKind.PAGE_TABLE_BLOAT, SnapshotFigures.PAGE_TABLES, levels.pageTables(), out);
      share(
          SignalKind.UNRECLAIMABLE_SLAB_HIGH,
          SnapshotFigures.UNRECLAIMABLE_SLAB,
          levels.unreclaimableSlab(),
          out);
      share(SignalKind.SHMEM_HIGH, SnapshotFigures.SHMEM, levels.shmem(), out);
      share(
          SignalKind.UNACCOUNTED_MEMORY_HIGH,
          SnapshotFigures.UNACCOUNTED,
          levels.unaccounted(),
          out);
    }
    left(SignalKind.MEMORY_EXHAUSTED, SnapshotFigures.AVAILABLE, SnapshotFigures.MANAGED, out);
    Long swap = window.now(SnapshotFigures.SWAP_TOTAL);
    Long used = window.now(SnapshotFigures.SWAP_USED);
    if (swap != null && used != null && swap > 0) {
      left(SignalKind.SWAP_EXHAUSTED, "swap_free", swap - used, swap, Unit.SHARE_OF_SWAP, out);
    }
    pressure(out);
  }

  private void share(SignalKind kind, String what, double threshold, List<Check> out) {
    Long value = window.now(what);
    Long whole = window.last(SnapshotFigures.MANAGED);
    if (value == null || whole == null || whole <= 0) {
      return;
    }
    double share = (double) value / whole;
    String says =
        words.text(
            "trend.holds",
            "what",
            what,
            "share",
            HumanUnits.percent(share),
            "bytes",
            HumanUnits.bytes(value));
    out.add(
        new Check(
            kind,
            what,
            share,
            share > threshold
                ? alarm(share, threshold, Unit.SHARE_OF_MANAGED, what, value, whole, says)
                : null,
            threshold * RELEASE));
  }

  private void left(SignalKind kind, String what, String of, List<Check> out) {
    Long value = window.now(what);
    Long whole = window.last(of);
    if (value != null && whole != null && whole > 0) {
      left(kind, what, value, whole, Unit.SHARE_OF_MANAGED, out);
    }
  }

  /** Checks the used part instead of the free part, so that more is worse. */
  private void left(
      SignalKind kind, String what, long value, long whole, String unit, List<Check> out) {
    double share = (double) value / whole;
    String says =
        words.text(
            "trend.down",
            "what",
            what,
            "share",
            HumanUnits.percent(share),
            "bytes",
            HumanUnits.bytes(value));
    out.add(
        new Check(
            kind,
            what,
            1 - share,
            share <= levels.free()
                ? alarm(share, levels.free(), unit, what, value, whole, says)
                : null,
            1 - levels.free() * 2));
  }

  /** All of the last samples must be bad: a single bad minute does not count. */
  private void pressure(List<Check> out) {
    Long now = window.now(SnapshotFigures.PRESSURE_FULL);
    if (now == null) {
      return;
    }
    List<Slope.Point> all = window.series(SnapshotFigures.PRESSURE_FULL);
    List<Slope.Point> newest = all.subList(Math.max(0, all.size() - IN_A_ROW), all.size());
    boolean lasts =
        newest.size() == IN_A_ROW
            && newest.stream().allMatch(p -> p.value() / HUNDREDTHS >= levels.pressure());
    double share = now / HUNDREDTHS;
    String says =
        words.text("trend.pressure", "share", HumanUnits.percent(share), "count", IN_A_ROW);
    Alarm alarm =
        lasts
            ? new Alarm(
                Severity.WARNING,
                share,
                levels.pressure(),
                Unit.SHARE_OF_TIME,
                newest.get(0).timeMs(),
                stalls(newest.get(0).timeMs()),
                null,
                says)
            : null;
    out.add(
        new Check(SignalKind.MEMORY_PRESSURE, "full", share, alarm, levels.pressure() * RELEASE));
  }

  private List<Evidence> stalls(long fromMs) {
    Long more = increase(window, SnapshotFigures.ALLOC_STALL, fromMs);
    return more == null
        ? List.of()
        : List.of(
            Evidence.number(words.text("fact.reclaimed-themselves"), more, Unit.COUNT, null, null));
  }

  /** The increase of a counter since that time; null without two values. */
  static @Nullable Long increase(Window window, String what, long fromMs) {
    List<Slope.Point> points =
        window.series(what).stream().filter(p -> p.timeMs() >= fromMs).toList();
    return points.size() < 2
        ? null
        : (long) (points.get(points.size() - 1).value() - points.get(0).value());
  }

  private Alarm alarm(
      double share,
      double threshold,
      String unit,
      String what,
      long value,
      long whole,
      String says) {
    return new Alarm(
        Severity.WARNING,
        share,
        threshold,
        unit,
        window.newest(),
        List.of(Evidence.number(what, value, Unit.BYTES, Math.round(threshold * whole), null)),
        null,
        says);
  }
}

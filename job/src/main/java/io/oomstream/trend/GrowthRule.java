package io.oomstream.trend;

import io.oomstream.diagnosis.context.EventTime;
import io.oomstream.diagnosis.context.HumanUnits;
import io.oomstream.diagnosis.context.Messages;
import io.oomstream.event.Forecast;
import io.oomstream.event.Severity;
import io.oomstream.event.SignalKind;
import io.oomstream.event.section.Evidence;
import io.oomstream.event.section.Unit;
import io.oomstream.snapshot.SnapshotFigures;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Growth that reaches a limit soon. */
final class GrowthRule {

  /** Within this time the alarm is critical. */
  private static final long HOUR_MS = 3_600_000;

  private static final long SOON_MS = HOUR_MS;

  private final Window window;
  private final NavigableSet<Long> kills;
  private final TrendOptions options;

  GrowthRule(Window window, TrendOptions options) {
    this.window = window;
    this.kills = window.kills();
    this.options = options;
  }

  TrendOptions options() {
    return options;
  }

  /** Null unless the series grows and has at least that share of the machine's memory. */
  @Nullable Growth grown(String what, double share) {
    return grown(what, share, SnapshotFigures.MANAGED, growth -> true);
  }

  /** The same, only if it reaches the limit soon. */
  @Nullable Growth leading(String what, double share) {
    return grown(what, share, SnapshotFigures.MANAGED, growth -> forecast(growth) != null);
  }

  private @Nullable Growth grown(String what, double share, String of, Predicate<Growth> matters) {
    Long whole = window.last(of);
    Long level = window.now(what);
    if (whole == null || whole <= 0 || level == null || level < share * whole) {
      return null;
    }
    return Growth.of(what, window.series(what), kills, whole, options, matters);
  }

  /** Memory besides slab caches. */
  void machine(List<Check> out) {
    TrendOptions.Levels levels = options.levels();
    machine(SnapshotFigures.PAGE_TABLES, levels.pageTables() / 2, SnapshotFigures.MANAGED, out);
    machine(
        SnapshotFigures.UNRECLAIMABLE_SLAB,
        levels.unreclaimableSlab() / 2,
        SnapshotFigures.MANAGED,
        out);
    machine(SnapshotFigures.SHMEM, levels.shmem() / 2, SnapshotFigures.MANAGED, out);
    machine(SnapshotFigures.UNACCOUNTED, levels.unaccounted() / 2, SnapshotFigures.MANAGED, out);
    machine(SnapshotFigures.SWAP_USED, 0.5, SnapshotFigures.SWAP_TOTAL, out);
  }

  private void machine(String what, double share, String of, List<Check> out) {
    if (window.now(what) != null) {
      Growth growth = grown(what, share, of, found -> forecast(found) != null);
      out.add(
          check(
              SignalKind.MEMORY_GROWTH,
              what,
              what,
              growth == null ? List.of() : List.of(growth),
              share));
    }
  }

  /**
   * @param growths empty if the condition is not true; otherwise the first one is measured
   */
  Check check(
      SignalKind kind, String subject, String what, List<Growth> growths, double threshold) {
    Long now = window.now(what);
    double value = now == null ? 0 : now;
    return new Check(
        kind,
        subject,
        value,
        growths.isEmpty() ? null : alarm(subject, growths, threshold),
        Double.NaN);
  }

  /** Null if the limit is too far away for a forecast from the observed span. */
  private @Nullable Forecast forecast(Growth growth) {
    boolean swap = isSwap(growth);
    double whole = whole(growth);
    Long available = swap ? null : window.last(SnapshotFigures.AVAILABLE);
    double room = available == null ? whole - growth.level() : available;
    Slope slope = fastest(growth, available != null);
    String limit = swap ? "swap" : available == null ? "managed memory" : "available memory";
    Forecast forecast = Prediction.of(room, slope, growth.lastMs(), limit);
    boolean near =
        forecast != null
            && leftMs(forecast, growth.lastMs()) <= options.horizon() * growth.spanMs();
    return near ? forecast : null;
  }

  private static boolean isSwap(Growth growth) {
    return growth.what().equals(SnapshotFigures.SWAP_USED);
  }

  private double whole(Growth growth) {
    Long whole = window.last(isSwap(growth) ? SnapshotFigures.SWAP_TOTAL : SnapshotFigures.MANAGED);
    return whole == null ? 0 : whole;
  }

  private @Nullable Alarm alarm(String subject, List<Growth> growths, double threshold) {
    Growth main = growths.get(0);
    Forecast forecast = forecast(main);
    double whole = whole(main);
    if (forecast == null || whole <= 0) {
      return null;
    }
    long left = leftMs(forecast, main.lastMs());
    return new Alarm(
        left <= SOON_MS ? Severity.CRITICAL : Severity.WARNING,
        main.level() / whole,
        threshold,
        isSwap(main) ? Unit.SHARE_OF_SWAP : Unit.SHARE_OF_MANAGED,
        main.firstMs(),
        evidence(growths, options.words()),
        forecast,
        summary(subject, growths, whole, forecast, options.words()));
  }

  /**
   * The faster slope of the growth and of available memory: growth can have costs in other
   * counters.
   */
  private Slope fastest(Growth main, boolean availableKnown) {
    if (!availableKnown) {
      return main.slope();
    }
    List<Slope.Point> used = new ArrayList<>();
    for (Slope.Point point : window.series(SnapshotFigures.AVAILABLE)) {
      if (point.timeMs() >= main.firstMs()) {
        used.add(new Slope.Point(point.timeMs(), -point.value()));
      }
    }
    Slope slope = Slope.of(used);
    return slope != null && slope.tau() >= 0.5 && slope.perMs() > main.slope().perMs()
        ? slope
        : main.slope();
  }

  private static long leftMs(Forecast forecast, long nowMs) {
    return Duration.between(EventTime.instant(nowMs), forecast.at()).toMillis();
  }

  private static Evidence slope(String fact, double perHour, Growth main, Messages words) {
    return Evidence.number(
        words.text(fact, "what", main.what()),
        Math.round(perHour),
        Unit.BYTES_PER_HOUR,
        null,
        null);
  }

  private static List<Evidence> evidence(List<Growth> growths, Messages words) {
    List<Evidence> evidence = new ArrayList<>();
    for (Growth growth : growths) {
      boolean count = growth.what().equals(Measures.TASK_COUNT);
      evidence.add(
          Evidence.number(
              words.text("fact.growth", "what", growth.what(), "count", growth.points()),
              Math.round(growth.grown()),
              count ? Unit.COUNT : Unit.BYTES,
              null,
              null));
    }
    Growth main = growths.get(0);
    evidence.add(slope("fact.slope", main.perHour(), main, words));
    evidence.add(slope("fact.slope.least", main.slope().least() * HOUR_MS, main, words));
    evidence.add(slope("fact.slope.most", main.slope().most() * HOUR_MS, main, words));
    return evidence;
  }

  private static String summary(
      String subject, List<Growth> growths, double whole, Forecast forecast, Messages words) {
    Growth main = growths.get(0);
    boolean judged = main.what().equals(SnapshotFigures.KERNEL_STACK);
    String limit = "trend.limit." + forecast.limit().replace(' ', '-');
    return words.text(
        "trend.grows",
        "subject",
        subject,
        "judged",
        judged ? words.text("trend.judged") : "",
        "rate",
        HumanUnits.bytes((long) main.perHour()),
        "level",
        HumanUnits.bytes((long) main.level()),
        "share",
        HumanUnits.percent(main.level() / whole),
        "limit",
        words.has(limit) ? words.text(limit) : forecast.limit(),
        "time",
        HumanTime.of(leftMs(forecast, main.lastMs()), words),
        "range",
        HumanTime.range(forecast, main.lastMs(), words));
  }
}

package io.oomstream.trend;

import io.oomstream.diagnosis.context.EventTime;
import io.oomstream.event.AnomalySignal;
import io.oomstream.event.SignalKind;
import io.oomstream.event.section.Host;
import io.oomstream.snapshot.SnapshotFigures;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The detectors over one machine's samples. A pure function of its history and the next sample. */
public final class TrendDetector {

  /** A clock that jumps back farther was set: the earlier samples have other times. */
  private static final long CLOCK_SET_MS = 3_600_000;

  private TrendDetector() {}

  /** A signal and its deterministic id. */
  public record Raised(String id, AnomalySignal signal) {}

  /** The new history and the signals. */
  public record Step(MachineHistory history, List<Raised> signals) {}

  /** Adds the kills of a block at once, before the block's sample is processed. */
  public static MachineHistory seeKills(@Nullable MachineHistory history, MachineSample given) {
    MachineSample sample = given.withinTime();
    MachineHistory past = history == null ? MachineHistory.EMPTY : history;
    KillLedger ledger = new KillLedger(past.kills());
    ledger.see(sample.eventTimeMs(), sample.id(), sample.killLines());
    return new MachineHistory(
        past.bootId(),
        Math.max(past.lastEventMs(), sample.eventTimeMs()),
        past.times(),
        past.tracks(),
        past.episodes(),
        past.oomKills(),
        ledger.seen(),
        past.ids());
  }

  /** Adds the next sample; null stands for an empty history. */
  public static Step next(
      @Nullable MachineHistory history, MachineSample given, TrendOptions options) {
    MachineSample sample = given.withinTime();
    MachineHistory past = history == null ? MachineHistory.EMPTY : history;
    if (past.ids().contains(sample.id())) {
      return new Step(past, List.of());
    }
    TrendSignals signals = new TrendSignals(sample.hostKey(), sample.host());
    EpisodeBook book = new EpisodeBook(past.episodes(), signals, options);
    boolean booted =
        sample.bootId() != null
            && !past.bootId().isEmpty()
            && !past.bootId().equals(sample.bootId());
    Window window = Window.of(past);
    long now = sample.measuredMs();
    if (booted || (!window.isEmpty() && now < window.newest() - CLOCK_SET_MS)) {
      window.clear();
      book.closeAll(now, options.words().text(booted ? "trend.why.booted" : "trend.why.clock"));
    }
    window.add(now, sample.values());
    window.expire(options.windowMs());
    window.thin(MachineHistory.MAX_TIMES);
    if (!window.isEmpty() && window.isNewest(now)) {
      checks(window, book, options).forEach(check -> book.record(check, now));
    }
    KillLedger ledger = new KillLedger(past.kills());
    long oomKills = count(past, sample, booted, ledger, signals, options);
    MachineHistory next =
        new MachineHistory(
            sample.bootId() == null ? past.bootId() : sample.bootId(),
            Math.max(past.lastEventMs(), sample.eventTimeMs()),
            window.times(),
            window.tracks(),
            book.open(),
            oomKills,
            ledger.seen(),
            withId(past.ids(), sample.id()));
    return new Step(next, signals.raised());
  }

  private static List<Check> checks(Window window, EpisodeBook book, TrendOptions options) {
    List<Check> checks = new ArrayList<>();
    GrowthRule growth = new GrowthRule(window, options);
    SlabRule.check(growth, window, checks);
    boolean slab =
        book.isOpen(SignalKind.SLAB_GROWTH.name())
            || book.isOpen(SignalKind.TASK_STRUCT_SLAB_GROWTH.name())
            || checks.stream().anyMatch(check -> check.alarm() != null);
    List<Check> machine = new ArrayList<>();
    growth.machine(machine);
    for (Check check : machine) {
      boolean isNamed = slab && check.subject().equals(SnapshotFigures.UNRECLAIMABLE_SLAB);
      checks.add(
          isNamed
              ? new Check(check.kind(), check.subject(), check.value(), null, check.releaseBelow())
              : check);
    }
    new LevelRule(window, options).check(checks);
    FragmentationTrendRule.check(window, options.words(), checks);
    return checks;
  }

  /**
   * After a boot the kernel counts from 0, and nobody knows which kills of the first minutes are in
   * the log.
   */
  private static long count(
      MachineHistory past,
      MachineSample sample,
      boolean booted,
      KillLedger ledger,
      TrendSignals signals,
      TrendOptions options) {
    Long now = sample.oomKills();
    if (now == null) {
      return booted ? MachineHistory.ABSENT : past.oomKills();
    }
    if (booted || past.oomKills() == MachineHistory.ABSENT || now < past.oomKills()) {
      ledger.forgetUntil(sample.eventTimeMs());
      return now;
    }
    long counted = KillLedger.increase(past.oomKills(), now);
    long missing = ledger.settle(counted, sample.eventTimeMs(), options.graceMs());
    if (missing > 0) {
      signals.lost(missing, counted, past.oomKills(), now, sample.measuredMs(), options.words());
    }
    return now;
  }

  private static List<String> withId(List<String> ids, String id) {
    List<String> all = new ArrayList<>(ids);
    all.add(id);
    int from = Math.max(0, all.size() - MachineHistory.MAX_IDS);
    return List.copyOf(all.subList(from, all.size()));
  }

  /** Closes the open alarms of a machine that fell silent. */
  /** Event time at which nothing of the machine has come for its window. */
  public static long forgottenAt(MachineHistory history, TrendOptions options) {
    return EventTime.plus(
        history.lastEventMs(), EventTime.plus(options.windowMs(), options.settlingMs()));
  }

  /** The alarms of a machine of which nothing comes any more. */
  public static List<Raised> forget(String hostKey, MachineHistory history, TrendOptions options) {
    TrendSignals signals =
        new TrendSignals(hostKey, new Host(hostKey, null, null, null, null, null));
    new EpisodeBook(history.episodes(), signals, options)
        .closeAll(
            history.lastEventMs(),
            options
                .words()
                .text(
                    "trend.why.silent", "time", HumanTime.of(options.windowMs(), options.words())));
    return signals.raised();
  }
}

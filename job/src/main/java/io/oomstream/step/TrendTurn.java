package io.oomstream.step;

import io.oomstream.anomaly.Outbound;
import io.oomstream.diagnosis.context.EventTime;
import io.oomstream.trend.MachineHistory;
import io.oomstream.trend.MachineSample;
import io.oomstream.trend.TrendDetector;
import io.oomstream.trend.TrendOptions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One machine's turn at its memory samples: takes in those whose turn has come, each at its place
 * in time, and forgets the history when its window has passed.
 *
 * @param history to be remembered; null if nothing is
 * @param left samples that wait on
 * @param due event time of the next turn, milliseconds; null for none
 * @param signals what comes of it, in order
 */
public record TrendTurn(
    @Nullable MachineHistory history,
    List<MachineSample> left,
    @Nullable Long due,
    List<Outbound> signals) {

  /** Samples of one machine that may wait; it sends one a minute or so. */
  public static final int MAX_WAITING = 4096;

  /** The turn of every sample, without event time having come to them. */
  public static final long EVERY_SAMPLE = Long.MAX_VALUE - 1;

  private static final Comparator<MachineSample> IN_ORDER =
      Comparator.comparingLong(MachineSample::eventTimeMs)
          .thenComparingLong(MachineSample::measuredMs)
          .thenComparing(MachineSample::id);

  /**
   * Takes the turn.
   *
   * @param waiting samples in any order
   * @param until event time, milliseconds; {@link #EVERY_SAMPLE}; or {@link Long#MAX_VALUE} for the
   *     end of the input
   */
  public static TrendTurn take(
      String hostKey,
      @Nullable MachineHistory before,
      Iterable<MachineSample> waiting,
      long until,
      TrendOptions options) {
    List<MachineSample> due = new ArrayList<>();
    List<MachineSample> rest = new ArrayList<>();
    for (MachineSample sample : waiting) {
      (turnOf(sample, options) <= until ? due : rest).add(sample);
    }
    due.sort(IN_ORDER);
    List<Outbound> signals = new ArrayList<>();
    MachineHistory history = before;
    for (MachineSample sample : due) {
      // So that it is the same whether event time goes by steps or by a leap.
      history = forget(history, turnOf(sample, options), hostKey, options, signals);
      TrendDetector.Step step = TrendDetector.next(history, sample, options);
      history = step.history();
      write(step.signals(), hostKey, sample.eventTimeMs(), signals);
    }
    if (until == Long.MAX_VALUE) {
      history = null; // the end of a bounded input is no silence of the machine's
    } else if (until != EVERY_SAMPLE) {
      history = forget(history, until, hostKey, options, signals);
    }
    Long next = history == null ? null : TrendDetector.forgottenAt(history, options);
    for (MachineSample sample : rest) {
      long turn = turnOf(sample, options);
      next = next == null ? turn : Math.min(next, turn);
    }
    return new TrendTurn(history, rest, next, signals);
  }

  /** Event time at which a sample is taken in: those before it have come by then. */
  public static long turnOf(MachineSample sample, TrendOptions options) {
    return EventTime.plus(EventTime.writable(sample.eventTimeMs()), options.settlingMs());
  }

  /** Null if nothing of the machine came for its window. */
  private static @Nullable MachineHistory forget(
      @Nullable MachineHistory history,
      long eventTimeMs,
      String hostKey,
      TrendOptions options,
      List<Outbound> signals) {
    if (history == null || TrendDetector.forgottenAt(history, options) > eventTimeMs) {
      return history;
    }
    write(TrendDetector.forget(hostKey, history, options), hostKey, history.lastEventMs(), signals);
    return null;
  }

  private static void write(
      List<TrendDetector.Raised> raised, String hostKey, long eventTimeMs, List<Outbound> signals) {
    for (TrendDetector.Raised signal : raised) {
      signals.add(OutgoingEvents.signal(signal.id(), signal.signal(), hostKey, eventTimeMs));
    }
  }
}

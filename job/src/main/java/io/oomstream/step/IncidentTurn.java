package io.oomstream.step;

import io.oomstream.anomaly.IncidentDetector;
import io.oomstream.anomaly.IncidentHistory;
import io.oomstream.anomaly.Occurrence;
import io.oomstream.anomaly.Outbound;
import io.oomstream.anomaly.RaisedSignal;
import io.oomstream.diagnosis.context.EventTime;
import io.oomstream.rule.IncidentOptions;
import io.oomstream.rule.RuleBook;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One host's turn at grouping its kills and failed allocations: takes the occurrences whose time
 * has come in the order of their time, and then lets the host's time go on.
 *
 * @param history to be remembered; null if nothing is
 * @param left occurrences that wait on, in the order of their time
 * @param due event time of the next turn, milliseconds; null if nothing is remembered and no
 *     occurrence waits
 * @param signals what comes of it, in order
 * @param raised how many of the signals are of episodes
 * @param grouped failed allocations whose own signal is not written, as an episode's stands for
 *     them
 */
public record IncidentTurn(
    @Nullable IncidentHistory history,
    List<Occurrence> left,
    @Nullable Long due,
    List<Outbound> signals,
    int raised,
    int grouped) {

  /** Marks that wait for one host; over it they are taken at once. */
  public static final int MAX_WAITING = 1_024;

  private static final Comparator<Occurrence> IN_ORDER =
      Comparator.comparingLong(Occurrence::eventTimeMs).thenComparing(Occurrence::id);

  /**
   * Takes the turn.
   *
   * @param waiting occurrences in any order
   * @param marksUntil event time until which occurrences are taken
   * @param until event time to which the host's time goes on; {@link Long#MIN_VALUE} to let it stay
   */
  public static IncidentTurn take(
      String hostKey,
      @Nullable IncidentHistory before,
      List<Occurrence> waiting,
      long marksUntil,
      long until,
      IncidentOptions options,
      LoneFailure lone,
      RuleBook rules) {
    return take(hostKey, before, waiting, marksUntil, until, 0, options, lone, rules);
  }

  /**
   * Takes the turn, where occurrences wait for those before them that wait for names.
   *
   * @param namesMs how long, event time
   */
  public static IncidentTurn take(
      String hostKey,
      @Nullable IncidentHistory before,
      List<Occurrence> waiting,
      long marksUntil,
      long until,
      long namesMs,
      IncidentOptions options,
      LoneFailure lone,
      RuleBook rules) {
    List<Occurrence> occurrences = new ArrayList<>(waiting);
    occurrences.sort(IN_ORDER);
    List<Outbound> signals = new ArrayList<>();
    IncidentHistory history = before;
    int raised = 0;
    int grouped = 0;
    int taken = 0;
    while (taken < occurrences.size() && occurrences.get(taken).eventTimeMs() <= marksUntil) {
      Occurrence occurrence = occurrences.get(taken++);
      IncidentDetector.Step step = IncidentDetector.next(history, occurrence, options, rules);
      history = step.history();
      raised += write(step.raised(), hostKey, signals);
      Outbound signal = step.ungrouped() ? lone.signal(occurrence, rules) : null;
      if (signal != null) {
        signals.add(signal);
      } else if (occurrence.failure() != null) {
        grouped++;
      }
    }
    if (history != null && until > Long.MIN_VALUE) {
      IncidentDetector.Step step = IncidentDetector.advance(history, until, options.language());
      history = step.history();
      raised += write(step.raised(), hostKey, signals);
    }
    List<Occurrence> left = List.copyOf(occurrences.subList(taken, occurrences.size()));
    Long due = history == null ? null : IncidentDetector.dueAt(history);
    if (due == null) {
      history = null;
    } else {
      due = EventTime.plus(due, options.settlingMs() + 1);
    }
    if (!left.isEmpty()) {
      long first = EventTime.plus(left.get(0).eventTimeMs(), namesMs);
      due = due == null ? first : Math.min(due, first);
    }
    return new IncidentTurn(history, left, due, signals, raised, grouped);
  }

  private static int write(List<RaisedSignal> raised, String hostKey, List<Outbound> signals) {
    for (RaisedSignal signal : raised) {
      signals.add(OutgoingEvents.episode(signal, hostKey));
    }
    return raised.size();
  }
}

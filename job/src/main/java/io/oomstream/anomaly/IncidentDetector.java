package io.oomstream.anomaly;

import io.oomstream.diagnosis.context.EventIds;
import io.oomstream.diagnosis.context.EventTime;
import io.oomstream.diagnosis.context.Language;
import io.oomstream.event.SignalKind;
import io.oomstream.rule.Bounded;
import io.oomstream.rule.DetectorLimits;
import io.oomstream.rule.IncidentOptions;
import io.oomstream.rule.RuleBook;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Groups one host's kills and failed allocations into episodes. A pure function of the history and
 * of the next occurrence or the event time.
 */
public final class IncidentDetector {

  private IncidentDetector() {}

  /**
   * The new history and the signals.
   *
   * @param raised signals of episodes, in their order
   * @param ungrouped whether the occurrence belongs to no episode: its own signal is then written
   */
  public record Step(IncidentHistory history, List<RaisedSignal> raised, boolean ungrouped) {}

  /** Adds an occurrence. */
  public static Step next(
      @Nullable IncidentHistory history,
      Occurrence occurrence,
      IncidentOptions options,
      RuleBook rules) {
    IncidentHistory past = history == null ? IncidentHistory.EMPTY : history;
    List<RaisedSignal> raised = new ArrayList<>();
    OpenIncidents open = new OpenIncidents(past.open(), raised, options.language());
    open.advance(occurrence.eventTimeMs());
    String group = IncidentHistory.Seen.groupOf(occurrence);
    for (IncidentHistory.Seen seen : past.seen()) {
      if (seen.group().equals(group) && seen.id().equals(occurrence.id())) {
        return new Step(
            new IncidentHistory(past.seen(), open.open(), past.retainMs()), raised, false);
      }
    }
    List<IncidentHistory.Seen> seen = remember(past.seen(), occurrence);
    long retain = 0;
    boolean grouped = false;
    for (SignalKind kind : kindsOf(occurrence)) {
      String subject = kind == SignalKind.OOM_CRASH_LOOP ? occurrence.workload() : "";
      DetectorLimits limits =
          rules.limits(
              options, kind, occurrence.hostKey(), occurrence.workload(), occurrence.eventTimeMs());
      retain = Math.max(retain, limits.windowMs());
      grouped |= group(kind, subject, limits, seen, occurrence, open);
    }
    retain = seen.size() == 1 ? retain : Math.max(retain, past.retainMs());
    IncidentHistory now =
        new IncidentHistory(
            after(seen, EventTime.minus(occurrence.eventTimeMs(), retain)), open.open(), retain);
    return new Step(now, List.copyOf(raised), !grouped);
  }

  /** Updates and closes episodes up to that event time. */
  public static Step advance(IncidentHistory history, long eventTimeMs) {
    return advance(history, eventTimeMs, Language.EN);
  }

  /** Likewise, in a language. */
  public static Step advance(IncidentHistory history, long eventTimeMs, Language language) {
    List<RaisedSignal> raised = new ArrayList<>();
    OpenIncidents open = new OpenIncidents(history.open(), raised, language);
    open.advance(eventTimeMs);
    return new Step(
        new IncidentHistory(
            eventTimeMs == Long.MAX_VALUE
                ? List.of()
                : after(history.seen(), EventTime.minus(eventTimeMs, history.retainMs())),
            open.open(),
            history.retainMs()),
        List.copyOf(raised),
        false);
  }

  /** Event time of the next change if no occurrence comes; null if the history is empty. */
  public static @Nullable Long dueAt(IncidentHistory history) {
    Long due = OpenIncidents.dueAt(history.open());
    if (!history.seen().isEmpty()) {
      long forgotten =
          EventTime.plus(
              history.seen().get(history.seen().size() - 1).eventTimeMs(), history.retainMs());
      due = due == null ? forgotten : Math.min(due, forgotten);
    }
    return due;
  }

  private static List<SignalKind> kindsOf(Occurrence occurrence) {
    if (occurrence.failure() != null) {
      return List.of(occurrence.failure());
    }
    return occurrence.workload().isEmpty()
        ? List.of(SignalKind.OOM_STORM)
        : List.of(SignalKind.OOM_STORM, SignalKind.OOM_CRASH_LOOP);
  }

  private static boolean group(
      SignalKind kind,
      String subject,
      DetectorLimits limits,
      List<IncidentHistory.Seen> seen,
      Occurrence occurrence,
      OpenIncidents open) {
    String group = IncidentHistory.Seen.groupOf(occurrence);
    List<IncidentHistory.Seen> recent =
        seen.stream()
            .filter(s -> s.group().equals(group))
            .filter(s -> subject.isEmpty() || s.workload().equals(subject))
            .filter(s -> s.eventTimeMs() <= occurrence.eventTimeMs())
            .filter(
                s -> s.eventTimeMs() > EventTime.minus(occurrence.eventTimeMs(), limits.windowMs()))
            .toList();
    boolean holds = recent.size() >= limits.threshold();
    Incident running = open.find(kind.name(), subject);
    if (running != null) {
      open.replace(running, running.plus(addition(occurrence), holds, limits));
      return true;
    }
    if (holds) {
      open.begin(begun(kind, subject, limits, recent, occurrence), IncidentHistory.MAX_OPEN);
    }
    return holds;
  }

  private static Incident begun(
      SignalKind kind,
      String subject,
      DetectorLimits limits,
      List<IncidentHistory.Seen> recent,
      Occurrence occurrence) {
    IncidentHistory.Seen first = recent.get(0);
    List<String> ids = recent.stream().map(IncidentHistory.Seen::id).toList();
    return new Incident(
        new Incident.Identity(
            EventIds.hash(
                "episode", occurrence.hostKey(), kind.name(), subject, first.id(), occurrence.id()),
            kind.name(),
            subject,
            occurrence.host(),
            occurrence.provenance()),
        Incident.Times.opened(first.eventTimeMs(), occurrence.eventTimeMs()),
        limits,
        Incident.Counts.opened(recent.size(), 0),
        worst(recent),
        occurrence.time(),
        Bounded.newest(ids, Incident.MAX_RELATED));
  }

  private static Incident.Worst worst(List<IncidentHistory.Seen> recent) {
    IncidentHistory.Seen worst = recent.get(0);
    Long leastFree = null;
    for (IncidentHistory.Seen s : recent) {
      if (order(s) > order(worst)) {
        worst = s;
      }
      if (s.freeBytes() != null && (leastFree == null || s.freeBytes() < leastFree)) {
        leastFree = s.freeBytes();
      }
    }
    return new Incident.Worst(worst.order(), leastFree, worst.code());
  }

  private static int order(IncidentHistory.Seen seen) {
    Integer order = seen.order();
    return order == null ? -1 : order;
  }

  private static Incident.Addition addition(Occurrence occurrence) {
    return new Incident.Addition(
        occurrence.eventTimeMs(),
        occurrence.time(),
        1,
        0,
        List.of(occurrence.id()),
        new Incident.Worst(occurrence.order(), occurrence.freeBytes(), occurrence.code()));
  }

  private static List<IncidentHistory.Seen> remember(
      List<IncidentHistory.Seen> past, Occurrence occurrence) {
    List<IncidentHistory.Seen> seen = new ArrayList<>(past);
    seen.add(IncidentHistory.Seen.of(occurrence));
    seen.sort(
        Comparator.comparingLong(IncidentHistory.Seen::eventTimeMs)
            .thenComparing(IncidentHistory.Seen::id));
    String group = IncidentHistory.Seen.groupOf(occurrence);
    if (seen.stream().filter(s -> s.group().equals(group)).count() > IncidentHistory.MAX_SEEN) {
      for (IncidentHistory.Seen oldest : seen) {
        if (oldest.group().equals(group)) {
          seen.remove(oldest);
          break;
        }
      }
    }
    return seen;
  }

  private static List<IncidentHistory.Seen> after(
      List<IncidentHistory.Seen> seen, long eventTimeMs) {
    return seen.stream().filter(s -> s.eventTimeMs() > eventTimeMs).toList();
  }
}

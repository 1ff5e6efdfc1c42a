package io.oomstream.anomaly;

import io.oomstream.diagnosis.context.Language;
import io.oomstream.diagnosis.context.Messages;
import io.oomstream.event.Episode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The open episodes of one key, and the signals that become due as event time advances. */
final class OpenIncidents {

  private static final Comparator<Incident> BY_DUE =
      Comparator.comparingLong(Incident::dueAt)
          .thenComparing(i -> i.identity().kind())
          .thenComparing(i -> i.identity().subject());

  private final List<Incident> open;
  private final List<RaisedSignal> out;
  private final Language language;

  OpenIncidents(List<Incident> open, List<RaisedSignal> out, Language language) {
    this.open = new ArrayList<>(open);
    this.out = out;
    this.language = language;
  }

  List<Incident> open() {
    return List.copyOf(open);
  }

  @Nullable Incident find(String kind, String subject) {
    for (Incident incident : open) {
      if (incident.identity().kind().equals(kind)
          && incident.identity().subject().equals(subject)) {
        return incident;
      }
    }
    return null;
  }

  /**
   * Writes every update and closing that is due before that event time, in order; all of them for
   * {@link Long#MAX_VALUE}.
   */
  void advance(long eventTimeMs) {
    while (!open.isEmpty()) {
      Incident next = open.stream().min(BY_DUE).orElseThrow();
      if (next.dueAt() >= eventTimeMs && eventTimeMs != Long.MAX_VALUE) {
        return;
      }
      if (next.dueAt() == next.closesAt()) {
        close(next);
      } else {
        replace(next, send(next, Episode.Phase.UPDATED, next.dueAt()));
      }
    }
  }

  void begin(Incident incident, int maxOpen) {
    open.add(send(incident, Episode.Phase.OPENED, incident.times().openedMs()));
    if (open.size() > maxOpen) {
      close(
          open.stream()
              .min(
                  Comparator.comparingLong((Incident i) -> i.times().heldMs())
                      .thenComparing(i -> i.identity().id()))
              .orElseThrow());
    }
  }

  void replace(Incident old, Incident now) {
    open.set(open.indexOf(old), now);
  }

  private void close(Incident incident) {
    send(incident, Episode.Phase.CLOSED, incident.closesAt());
    open.remove(incident);
  }

  private Incident send(Incident incident, Episode.Phase phase, long eventTimeMs) {
    out.add(IncidentSignals.of(incident, phase, Messages.in(language)));
    return incident.sentAt(eventTimeMs);
  }

  /** Event time of the next signal if no event comes; null if no episode is open. */
  static @Nullable Long dueAt(List<Incident> open) {
    Long due = null;
    for (Incident incident : open) {
      due = due == null ? incident.dueAt() : Math.min(due, incident.dueAt());
    }
    return due;
  }
}

package io.oomstream.step;

import io.oomstream.anomaly.Occurrence;
import io.oomstream.anomaly.Outbound;
import io.oomstream.anomaly.Unnamed;
import io.oomstream.event.OutgoingEvent;
import io.oomstream.event.section.Workload;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What of a block goes on at once, and what goes by the catalogue of workloads first.
 *
 * @param unnamed of containers and pods
 */
public record NameSearch(
    List<OutgoingEvent> kills,
    List<Outbound> signals,
    List<Occurrence> occurrences,
    List<Unnamed> unnamed) {

  /** Nothing goes by a catalogue: there is none. */
  public static NameSearch without(BlockReading read) {
    return new NameSearch(read.kills(), read.signals(), read.occurrences(), List.of());
  }

  /** Containers and pods are looked for; what is in neither is grouped by its own key. */
  public static NameSearch of(BlockReading read) {
    NameSearch all =
        new NameSearch(new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    for (OutgoingEvent kill : read.kills()) {
      Workload workload = read.workloads().get(kill.id());
      if (isSearched(workload)) {
        all.unnamed.add(unnamed(read, workload, kill, null, null));
      } else {
        all.kills.add(workload == null ? kill : Naming.grouped(kill));
      }
    }
    for (Outbound signal : read.signals()) {
      Workload workload = signal.workload() == null ? null : shared(read.workloads());
      if (isSearched(workload)) {
        all.unnamed.add(unnamed(read, workload, null, signal, null));
      } else {
        all.signals.add(signal);
      }
    }
    for (Occurrence occurrence : read.occurrences()) {
      Workload workload = read.workloads().get(occurrence.id());
      if (isSearched(workload)) {
        all.unnamed.add(unnamed(read, workload, null, null, occurrence));
      } else {
        all.occurrences.add(occurrence);
      }
    }
    return all;
  }

  private static Unnamed unnamed(
      BlockReading read,
      @Nullable Workload workload,
      @Nullable OutgoingEvent kill,
      @Nullable Outbound signal,
      @Nullable Occurrence occurrence) {
    return new Unnamed(
        read.hostKey(),
        read.eventTimeMs(),
        workload == null ? null : container(workload),
        workload == null ? null : workload.podUid(),
        kill,
        signal,
        occurrence);
  }

  private static boolean isSearched(@Nullable Workload workload) {
    return workload != null && (workload.podUid() != null || container(workload) != null);
  }

  /** Null for an id that no catalogue has: LXC calls its containers by names. */
  private static @Nullable String container(Workload workload) {
    String id = workload.containerId();
    return id != null
            && id.length() >= 12
            && id.chars().allMatch(c -> "0123456789abcdef-".indexOf(c) >= 0)
        ? id
        : null;
  }

  /** What all kills of the block are of: the container, or the pod of several; else null. */
  private static @Nullable Workload shared(Map<String, Workload> workloads) {
    Set<String> containers = new HashSet<>();
    Set<String> pods = new HashSet<>();
    for (Workload workload : workloads.values()) {
      containers.add(String.valueOf(container(workload)));
      pods.add(String.valueOf(workload.podUid()));
    }
    if (pods.size() != 1) {
      return null;
    }
    Workload one = workloads.values().iterator().next();
    if (containers.size() == 1) {
      return one;
    }
    return one.podUid() == null
        ? null
        : new Workload(
            one.runtime(), null, one.podUid(), null, null, null, null, one.key(), null, null);
  }
}

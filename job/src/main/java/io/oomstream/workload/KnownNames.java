package io.oomstream.workload;

import io.oomstream.event.section.Kubernetes;
import io.oomstream.event.section.Owner;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What is known under one key: all that was said of one pod, or of one container.
 *
 * <p>A container's id is a random number that no other has. A pod's uid is one only within its
 * cluster: a static pod's is a hash of its manifest, and a cluster restored from another's backup
 * has its uids. So a pod is taken by its uid only on the node that it was said to run on.
 *
 * @param entries of each subject and source the newest, in the order of their subjects
 * @param timer event time at which old entries are looked for, milliseconds
 */
public record KnownNames(List<CatalogueEntry> entries, long timer) {

  /** No timer. */
  public static final long NONE = Long.MAX_VALUE;

  public static final KnownNames EMPTY = new KnownNames(List.of(), NONE);

  /** Entries under one key: a pod in a restart loop has a container id for each start. */
  public static final int MAX_ENTRIES = 64;

  private static final Comparator<CatalogueEntry> BY_SUBJECT =
      Comparator.comparing(CatalogueEntry::subject);

  /** The newest; of those of one moment always the same, whichever came first. */
  private static final Comparator<CatalogueEntry> BY_AGE =
      Comparator.comparingLong(CatalogueEntry::recordedAtMs)
          .thenComparingLong(CatalogueEntry::startedAtMs)
          .thenComparing(entry -> String.valueOf(entry.kubernetes()))
          .thenComparing(entry -> new TreeMap<>(entry.labels()).toString());

  /**
   * The answer to who a kill's victim was.
   *
   * @param names null if that is not known, or not certain
   * @param isWhole false if only the pod was found, and the kill's container was looked for
   */
  public record Found(@Nullable Names names, boolean isWhole) {
    static final Found NOTHING = new Found(null, false);
  }

  /**
   * With one more entry; the entries on the containers that started first go if there are too many.
   */
  public KnownNames with(CatalogueEntry entry) {
    List<CatalogueEntry> all = new ArrayList<>(entries);
    CatalogueEntry newest = entry;
    for (CatalogueEntry other : entries) {
      newest = other.subject().equals(entry.subject()) ? newer(other, newest) : newest;
    }
    all.removeIf(other -> other.subject().equals(entry.subject()));
    all.add(newest);
    if (all.size() > MAX_ENTRIES) {
      all.remove(
          all.stream()
              .min(
                  Comparator.comparingLong(CatalogueEntry::startedAtMs)
                      .thenComparing(CatalogueEntry::subject))
              .orElseThrow());
    }
    all.sort(BY_SUBJECT);
    return new KnownNames(List.copyOf(all), timer);
  }

  /** Whether anything was said of a subject. */
  public boolean has(String subject) {
    return entries.stream().anyMatch(w -> w.subject().equals(subject));
  }

  /** Without the entry on a subject; null if none is left. */
  public @Nullable KnownNames without(String subject) {
    List<CatalogueEntry> left = entries.stream().filter(w -> !w.subject().equals(subject)).toList();
    return left.isEmpty() ? null : new KnownNames(left, timer);
  }

  /** The same with another timer. */
  public KnownNames timedAt(long ms) {
    return new KnownNames(entries, ms);
  }

  /** What is not forgotten at that event time, with the next timer; null if nothing is left. */
  public @Nullable KnownNames keptAt(long ms) {
    List<CatalogueEntry> kept =
        entries.stream().filter(w -> RetainedEntry.until(w.recordedAtMs()) > ms).toList();
    return kept.isEmpty()
        ? null
        : new KnownNames(
            kept,
            kept.stream().mapToLong(w -> RetainedEntry.until(w.recordedAtMs())).min().orElse(NONE));
  }

  /**
   * Looks up a kill's victim.
   *
   * @param hostKey the machine, as its kernel log names it
   * @param untilMs a container or pod that started later is not meant
   */
  public Found find(
      @Nullable String containerId, @Nullable String podUid, String hostKey, long untilMs) {
    List<CatalogueEntry> inTime = entries.stream().filter(w -> w.startedAtMs() <= untilMs).toList();
    if (containerId != null) {
      List<CatalogueEntry> own =
          inTime.stream().filter(w -> containerId.equals(w.containerId())).toList();
      if (!own.isEmpty()) {
        Names names = agreed(own);
        return new Found(names, names != null);
      }
    }
    if (podUid == null) {
      return Found.NOTHING;
    }
    List<CatalogueEntry> here =
        inTime.stream()
            .filter(w -> podUid.equals(w.podUid()) && isNode(w.node(), hostKey, false))
            .toList();
    List<CatalogueEntry> exact =
        here.stream().filter(w -> isNode(w.node(), hostKey, true)).toList();
    Names names =
        agreed((exact.isEmpty() ? here : exact).stream().map(KnownNames::podOnly).toList());
    return new Found(names, names != null && containerId == null);
  }

  /**
   * Of entries on one subject: the best source's, with what only others say; null if they differ.
   */
  private static @Nullable Names agreed(List<CatalogueEntry> entries) {
    if (entries.isEmpty()) {
      return null;
    }
    TreeMap<Source, CatalogueEntry> bySource = new TreeMap<>(Comparator.reverseOrder());
    for (CatalogueEntry entry : entries) {
      CatalogueEntry other = bySource.putIfAbsent(entry.source(), entry);
      if (other != null) {
        if (differ(other, entry)) {
          return null;
        }
        bySource.put(entry.source(), newer(other, entry));
      }
    }
    CatalogueEntry best = bySource.pollFirstEntry().getValue();
    for (CatalogueEntry entry : bySource.values()) {
      if (differ(best, entry)) {
        return null;
      }
      best = filled(best, entry);
    }
    return best.names();
  }

  private static CatalogueEntry newer(CatalogueEntry a, CatalogueEntry b) {
    return BY_AGE.compare(a, b) > 0 ? a : b;
  }

  /** Whether they name two things: what only one of them says is no difference. */
  private static boolean differ(CatalogueEntry a, CatalogueEntry b) {
    Kubernetes one = a.kubernetes();
    Kubernetes two = b.kubernetes();
    if (one == null || two == null) {
      return one != two || !a.labels().equals(b.labels());
    }
    return differ(one.cluster(), two.cluster())
        || differ(one.namespace(), two.namespace())
        || differ(one.podName(), two.podName())
        || differ(one.containerName(), two.containerName());
  }

  private static boolean differ(@Nullable String a, @Nullable String b) {
    return a != null && b != null && !a.equals(b);
  }

  private static CatalogueEntry filled(CatalogueEntry entry, CatalogueEntry from) {
    Kubernetes k = entry.kubernetes();
    Kubernetes other = from.kubernetes();
    if (k == null || other == null) {
      return entry;
    }
    // The API is right about a pod without an owner, too.
    boolean isAsked = entry.source() != Source.API && k.owner() == null;
    Owner owner = isAsked ? other.owner() : k.owner();
    Kubernetes both =
        new Kubernetes(
            or(k.cluster(), other.cluster()),
            or(k.node(), other.node()),
            or(k.namespace(), other.namespace()),
            or(k.podName(), other.podName()),
            or(k.containerName(), other.containerName()),
            k.restartCount() == null ? other.restartCount() : k.restartCount(),
            owner,
            k.labels() == null ? other.labels() : k.labels());
    return new CatalogueEntry(
        entry.source(),
        entry.containerId(),
        entry.podUid(),
        entry.node(),
        both,
        entry.labels(),
        entry.startedAtMs(),
        entry.recordedAtMs());
  }

  private static @Nullable String or(@Nullable String a, @Nullable String b) {
    return a == null ? b : a;
  }

  private static CatalogueEntry podOnly(CatalogueEntry entry) {
    Kubernetes k = entry.kubernetes();
    return k == null
        ? entry
        : new CatalogueEntry(
            entry.source(),
            null,
            entry.podUid(),
            entry.node(),
            new Kubernetes(
                k.cluster(),
                k.node(),
                k.namespace(),
                k.podName(),
                null,
                null,
                k.owner(),
                k.labels()),
            entry.labels(),
            entry.startedAtMs(),
            entry.recordedAtMs());
  }

  /** Whether a node's name is the host's; unless exactly, one may be the other's first label. */
  private static boolean isNode(@Nullable String node, String hostKey, boolean exactly) {
    if (node == null) {
      return false;
    }
    String a = node.toLowerCase(Locale.ROOT);
    String b = hostKey.toLowerCase(Locale.ROOT);
    return a.equals(b) || (!exactly && (isFirstLabel(a, b) || isFirstLabel(b, a)));
  }

  private static boolean isFirstLabel(String label, String name) {
    return label.indexOf('.') < 0 && name.startsWith(label + ".") && !isAddress(name);
  }

  private static boolean isAddress(String name) {
    return name.chars().allMatch(c -> c == '.' || (c >= '0' && c <= '9'));
  }
}

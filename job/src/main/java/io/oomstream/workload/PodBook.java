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
 * @param words of each subject and source the newest, in the order of their subjects
 * @param timer event time at which old words are looked for, milliseconds
 */
public record PodBook(List<Word> words, long timer) {

  /** No timer. */
  public static final long NONE = Long.MAX_VALUE;

  public static final PodBook EMPTY = new PodBook(List.of(), NONE);

  /** Words under one key: a pod in a restart loop has a container id for each start. */
  public static final int MAX_WORDS = 64;

  private static final Comparator<Word> BY_SUBJECT = Comparator.comparing(Word::subject);

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
   * With one more word; the words on the containers that started first go if there are too many.
   */
  public PodBook with(Word word) {
    List<Word> all = new ArrayList<>(words);
    all.removeIf(w -> w.subject().equals(word.subject()));
    all.add(word);
    if (all.size() > MAX_WORDS) {
      all.remove(
          all.stream()
              .min(Comparator.comparingLong(Word::startedAtMs).thenComparing(Word::subject))
              .orElseThrow());
    }
    all.sort(BY_SUBJECT);
    return new PodBook(List.copyOf(all), timer);
  }

  /** Whether anything was said of a subject. */
  public boolean has(String subject) {
    return words.stream().anyMatch(w -> w.subject().equals(subject));
  }

  /** Without the word on a subject; null if none is left. */
  public @Nullable PodBook without(String subject) {
    List<Word> left = words.stream().filter(w -> !w.subject().equals(subject)).toList();
    return left.isEmpty() ? null : new PodBook(left, timer);
  }

  /** The same with another timer. */
  public PodBook timedAt(long ms) {
    return new PodBook(words, ms);
  }

  /** What is not forgotten at that event time, with the next timer; null if nothing is left. */
  public @Nullable PodBook keptAt(long ms) {
    List<Word> kept = words.stream().filter(w -> Shelved.until(w.saidMs()) > ms).toList();
    return kept.isEmpty()
        ? null
        : new PodBook(
            kept, kept.stream().mapToLong(w -> Shelved.until(w.saidMs())).min().orElse(NONE));
  }

  /**
   * Looks up a kill's victim.
   *
   * @param hostKey the machine, as its kernel log names it
   * @param untilMs a container or pod that started later is not meant
   */
  public Found find(
      @Nullable String containerId, @Nullable String podUid, String hostKey, long untilMs) {
    List<Word> inTime = words.stream().filter(w -> w.startedAtMs() <= untilMs).toList();
    if (containerId != null) {
      List<Word> own = inTime.stream().filter(w -> containerId.equals(w.containerId())).toList();
      if (!own.isEmpty()) {
        Names names = agreed(own);
        return new Found(names, names != null);
      }
    }
    if (podUid == null) {
      return Found.NOTHING;
    }
    List<Word> here =
        inTime.stream()
            .filter(w -> podUid.equals(w.podUid()) && isNode(w.node(), hostKey, false))
            .toList();
    List<Word> exact = here.stream().filter(w -> isNode(w.node(), hostKey, true)).toList();
    Names names = agreed((exact.isEmpty() ? here : exact).stream().map(PodBook::podOnly).toList());
    return new Found(names, names != null && containerId == null);
  }

  /** Of words on one subject: the best source's, with what only others say; null if they differ. */
  private static @Nullable Names agreed(List<Word> words) {
    if (words.isEmpty()) {
      return null;
    }
    TreeMap<Source, Word> bySource = new TreeMap<>(Comparator.reverseOrder());
    for (Word word : words) {
      Word other = bySource.putIfAbsent(word.source(), word);
      if (other != null) {
        if (differ(other, word)) {
          return null;
        }
        bySource.put(word.source(), newer(other, word));
      }
    }
    Word best = bySource.pollFirstEntry().getValue();
    for (Word word : bySource.values()) {
      if (differ(best, word)) {
        return null;
      }
      best = filled(best, word);
    }
    return best.names();
  }

  private static Word newer(Word a, Word b) {
    return b.saidMs() > a.saidMs() ? b : a;
  }

  /** Whether they name two things: what only one of them says is no difference. */
  private static boolean differ(Word a, Word b) {
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

  private static Word filled(Word word, Word from) {
    Kubernetes k = word.kubernetes();
    Kubernetes other = from.kubernetes();
    if (k == null || other == null) {
      return word;
    }
    // The API is right about a pod without an owner, too.
    boolean isAsked = word.source() != Source.API && k.owner() == null;
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
    return new Word(
        word.source(),
        word.containerId(),
        word.podUid(),
        word.node(),
        both,
        word.labels(),
        word.startedAtMs(),
        word.saidMs());
  }

  private static @Nullable String or(@Nullable String a, @Nullable String b) {
    return a == null ? b : a;
  }

  private static Word podOnly(Word word) {
    Kubernetes k = word.kubernetes();
    return k == null
        ? word
        : new Word(
            word.source(),
            null,
            word.podUid(),
            word.node(),
            new Kubernetes(
                k.cluster(),
                k.node(),
                k.namespace(),
                k.podName(),
                null,
                null,
                k.owner(),
                k.labels()),
            word.labels(),
            word.startedAtMs(),
            word.saidMs());
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

package io.oomstream.workload;

import io.oomstream.event.section.Owner;
import org.jspecify.annotations.Nullable;

/**
 * What made a pod, from the pod's name. Controllers build names in a few ways: this is their table,
 * tried from the top.
 *
 * <table>
 * <caption>Endings of a pod's name</caption>
 * <tr><td>uid of 32 hex digits, {@code -NODE}</td><td>static pod, without a kind</td></tr>
 * <tr><td>{@code -HASH-TAIL}</td><td>Deployment</td></tr>
 * <tr><td>{@code -MINUTES-TAIL}, {@code -MINUTES-INDEX-TAIL}</td><td>CronJob</td></tr>
 * <tr><td>{@code -DIGITS-TAIL} of nine digits or ten</td><td>of an old release, without a
 * kind</td></tr>
 * <tr><td>{@code -INDEX-TAIL}</td><td>Job with indexes</td></tr>
 * <tr><td>{@code -TAIL}</td><td>DaemonSet, Job or ReplicaSet: without a kind</td></tr>
 * <tr><td>{@code -ORDINAL}</td><td>StatefulSet</td></tr>
 * </table>
 *
 * <p>TAIL is five of the 27 letters of {@code generateName}, which has no vowels and no 0, 1, 3 and
 * y. HASH is a number of 32 bits whose decimal digits are written with ten of these letters.
 * MINUTES are those since 1970. A name of 63 characters may have been cut before the tail came to
 * it, at a dash of the owner's name too: what is left of the owner's name is then not its name.
 */
public final class OwnerName {

  private static final int TAIL = 5;
  private static final int MAX_NAME = 63;
  private static final String TAIL_LETTERS = "bcdfghjklmnpqrstvwxz2456789";
  private static final String HASH_LETTERS = "456789bcdf";
  private static final int LEAST_HASH = 8;
  private static final int MOST_HASH = 10;
  private static final int STATIC_UID = 32;

  /** Minutes since 1970 in 2015, and in 2046; a day written as eight digits is below. */
  private static final int FIRST_MINUTE = 23_600_000;

  private static final int LAST_MINUTE = 40_000_000;

  private static final int MOST_INDEX_DIGITS = 6;
  private static final int MOST_ORDINAL_DIGITS = 4;

  private OwnerName() {}

  /**
   * What a name says about the owner.
   *
   * @param owner null if the name does not say it
   * @param group the name without what differs from pod to pod, as far as that is certain
   */
  public record Inferred(@Nullable Owner owner, String group) {}

  /**
   * Reads a pod's name.
   *
   * @param node the node's name; null if unknown
   * @param podUid null if unknown
   */
  public static Inferred of(String podName, @Nullable String node, @Nullable String podUid) {
    if (podUid != null && isStatic(podUid)) {
      return ofStatic(podName, node);
    }
    String head = withoutTail(podName);
    if (head != null) {
      return podName.length() == MAX_NAME ? cut(head) : headed(head);
    }
    if (podName.length() == MAX_NAME && isOf(TAIL_LETTERS, podName.substring(MAX_NAME - TAIL))) {
      return cut(podName.substring(0, MAX_NAME - TAIL));
    }
    String last = lastPart(podName);
    if (last != null && isNumber(last, MOST_ORDINAL_DIGITS)) {
      String base = before(podName, last);
      // Spark numbers its executors so, and they belong to no set.
      return inferred(base.endsWith("-exec") ? null : "StatefulSet", base);
    }
    return new Inferred(null, podName);
  }

  /** Whether a pod's uid is that of a static pod: a hash of its manifest. */
  static boolean isStatic(String podUid) {
    return podUid.length() == STATIC_UID && isOf("0123456789abcdef", podUid);
  }

  private static Inferred ofStatic(String podName, @Nullable String node) {
    if (node != null && podName.endsWith("-" + node) && podName.length() > node.length() + 1) {
      return inferred(null, podName.substring(0, podName.length() - node.length() - 1));
    }
    return new Inferred(null, podName);
  }

  /** The name before its tail and the dash before that; null if it has none. */
  private static @Nullable String withoutTail(String podName) {
    int dash = podName.length() - TAIL - 1;
    return dash > 0
            && podName.charAt(dash) == '-'
            && isOf(TAIL_LETTERS, podName.substring(dash + 1))
        ? podName.substring(0, dash)
        : null;
  }

  private static Inferred headed(String head) {
    String last = lastPart(head);
    if (last == null) {
      return inferred(null, head);
    }
    String base = before(head, last);
    if (isMinutes(last)) {
      return inferred("CronJob", base);
    }
    if (isHash(last)) {
      return inferred("Deployment", base);
    }
    if ((last.length() == 9 || last.length() == 10) && isOf("0123456789", last)) {
      return inferred(null, base);
    }
    if (isNumber(last, MOST_INDEX_DIGITS)) {
      String beforeIndex = lastPart(base);
      return beforeIndex != null && isMinutes(beforeIndex)
          ? inferred("CronJob", before(base, beforeIndex))
          : inferred("Job", base);
    }
    return inferred(null, head);
  }

  /** A name that was cut: only a hash that is whole shows where the owner's name ends. */
  private static Inferred cut(String head) {
    String last = lastPart(head);
    if (last != null && isMinutes(last)) {
      return inferred("CronJob", before(head, last));
    }
    if (last != null && isHash(last)) {
      return inferred("Deployment", before(head, last));
    }
    if (last != null && last.length() >= 4 && isOf(HASH_LETTERS + "0123", last)) {
      return new Inferred(null, before(head, last));
    }
    return new Inferred(null, head);
  }

  private static Inferred inferred(@Nullable String kind, String name) {
    return new Inferred(new Owner(kind, name, Owner.Origin.INFERRED), name);
  }

  private static boolean isHash(String part) {
    return part.length() >= LEAST_HASH && part.length() <= MOST_HASH && isOf(HASH_LETTERS, part);
  }

  static boolean isMinutes(String part) {
    if (part.length() != 8 || !isOf("0123456789", part)) {
      return false;
    }
    int minutes = Integer.parseInt(part);
    return minutes >= FIRST_MINUTE && minutes <= LAST_MINUTE;
  }

  /** A number as it is counted: without a leading zero. */
  private static boolean isNumber(String part, int mostDigits) {
    return part.length() <= mostDigits
        && isOf("0123456789", part)
        && (part.length() == 1 || part.charAt(0) != '0');
  }

  /** What stands behind the last dash; null if nothing stands before or behind it. */
  static @Nullable String lastPart(String name) {
    int dash = name.lastIndexOf('-');
    return dash <= 0 || dash == name.length() - 1 ? null : name.substring(dash + 1);
  }

  static String before(String name, String lastPart) {
    return name.substring(0, name.length() - lastPart.length() - 1);
  }

  private static boolean isOf(String letters, String part) {
    for (int i = 0; i < part.length(); i++) {
      if (letters.indexOf(part.charAt(i)) < 0) {
        return false;
      }
    }
    return !part.isEmpty();
  }
}

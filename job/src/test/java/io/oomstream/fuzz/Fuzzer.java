package io.oomstream.fuzz;

import static java.util.stream.Collectors.joining;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/**
 * Changes inputs, keeps those that make a target do something new, and changes them further. The
 * same seed and number of tries give the same inputs.
 */
final class Fuzzer {

  private static final int POOL = 4_000;
  private static final int SHORTENINGS = 2_000;

  private final FuzzTarget target;
  private final Random random;
  private final List<byte[]> pool = new ArrayList<>();
  private final Set<String> seen = new HashSet<>();
  private final Map<String, Found> found = new LinkedHashMap<>();
  private long tries;

  /** An input that a target does not bear, and what it did. */
  record Found(byte[] input, Throwable thrown) {}

  Fuzzer(FuzzTarget target, long seed) {
    this.target = target;
    this.random = new Random(seed);
    pool.addAll(target.seeds());
    pool.addAll(KeptInputs.of(target.name()).values());
    List.copyOf(pool).forEach(this::take);
  }

  /** Goes on for so many tries. */
  void run(long more) {
    for (long i = 0; i < more; i++) {
      tries++;
      byte[] input = target.next(pool, random);
      if (take(input)) {
        if (pool.size() < POOL) {
          pool.add(input);
        } else {
          pool.set(random.nextInt(POOL), input);
        }
      }
    }
  }

  long tries() {
    return tries;
  }

  /** How many different things the inputs made the target do. */
  int seen() {
    return seen.size();
  }

  /** Inputs that were worth it, the newest last. */
  List<byte[]> pool() {
    return List.copyOf(pool);
  }

  /** One input, made short, for each place that failed. */
  List<Found> found() {
    return List.copyOf(found.values());
  }

  /** Whether it was new. */
  private boolean take(byte[] input) {
    try {
      return seen.addAll(target.check(input));
    } catch (Exception | AssertionError | StackOverflowError e) {
      String where = where(e);
      if (!found.containsKey(where)) {
        found.put(where, shortened(input, e, where));
      }
      return false;
    }
  }

  private Found shortened(byte[] input, Throwable thrown, String where) {
    Found shortest = new Found(input, thrown);
    int left = target.isShortenable() ? SHORTENINGS : 0;
    for (int size = input.length / 2; size > 0; size /= 2) {
      for (int at = 0; at < shortest.input().length && left > 0; left--) {
        byte[] old = shortest.input();
        int end = Math.min(old.length, at + size);
        byte[] cut = Arrays.copyOf(old, old.length - (end - at));
        System.arraycopy(old, end, cut, at, old.length - end);
        Throwable again = thrownBy(cut);
        if (again != null && where(again).equals(where)) {
          shortest = new Found(cut, again);
        } else {
          at += size;
        }
      }
    }
    return shortest;
  }

  private Throwable thrownBy(byte[] input) {
    try {
      target.check(input);
      return null;
    } catch (Exception | AssertionError | StackOverflowError e) {
      return e;
    }
  }

  /** What failed, and the innermost place of this project; of a schema which part of it. */
  private static String where(Throwable thrown) {
    String message = String.valueOf(thrown.getMessage());
    if (message.contains("is violated:\n")) {
      return message.lines().limit(2).collect(joining(" ")).replaceAll("[0-9]+", "#");
    }
    for (StackTraceElement frame : thrown.getStackTrace()) {
      if (frame.getClassName().startsWith("io.oomstream.")) {
        return thrown.getClass().getSimpleName() + " at " + frame;
      }
    }
    return thrown.getClass().getSimpleName();
  }
}

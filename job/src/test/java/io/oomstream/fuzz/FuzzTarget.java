package io.oomstream.fuzz;

import java.util.List;
import java.util.Random;
import java.util.Set;

/** A reader of what comes from outside, and what must hold whatever it is given. */
interface FuzzTarget {

  /** Names its folder of kept inputs. */
  String name();

  /** Inputs that are as they should be: where the search starts. */
  List<byte[]> seeds();

  /**
   * Reads the input and throws if something does not hold.
   *
   * @return what the input made the reader do: an input that adds to what was seen before is worth
   *     to be changed further
   */
  Set<String> check(byte[] input);

  /** Whether what holds for an input holds for any part of it too. */
  default boolean isShortenable() {
    return true;
  }

  /** The next input to try, from those that were worth it. */
  default byte[] next(List<byte[]> pool, Random random) {
    return Mutator.mutate(pool, random);
  }
}

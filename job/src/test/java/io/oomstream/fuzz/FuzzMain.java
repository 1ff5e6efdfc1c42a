package io.oomstream.fuzz;

import java.time.Duration;

/** A search of minutes or hours: {@code TARGET MINUTES [SEED]}. What it finds is kept. */
public final class FuzzMain {

  private static final int STEP = 200;

  private FuzzMain() {}

  public static void main(String[] args) {
    FuzzTarget target = FuzzTargets.named(args[0]);
    long seed = args.length > 2 ? Long.parseLong(args[2]) : 1;
    long end = System.nanoTime() + Duration.ofMinutes(Long.parseLong(args[1])).toNanos();
    Fuzzer fuzzer = new Fuzzer(target, seed);
    int kept = 0;
    while (System.nanoTime() < end || fuzzer.tries() == 0) {
      fuzzer.run(STEP);
      for (Fuzzer.Found found : fuzzer.found().subList(kept, fuzzer.found().size())) {
        System.out.println("kept " + KeptInputs.keep(target.name(), found.input()));
        found.thrown().printStackTrace(System.out);
        kept++;
      }
    }
    System.out.printf(
        "%s: %d tries, seed %d, %d different behaviours, %d faults%n",
        target.name(), fuzzer.tries(), seed, fuzzer.seen(), kept);
    System.out.println(Growth.of(target, fuzzer.pool()));
    System.exit(kept == 0 ? 0 : 1);
  }
}

package io.oomstream.function;

import static org.assertj.core.api.Assertions.assertThat;

import io.oomstream.rule.RuleChange;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/**
 * Every keyed function, driven by sequences that no healthy log has: late by seconds to days, equal
 * and falling times, the ends of time, clocks a year ahead, watermarks that leap or stand, silence,
 * rules in between and a restore anywhere. Work is measured by counts of firings, never by a clock;
 * at the end neither state nor timers are left.
 */
class KeyedFunctionsProperties {

  private static final long START = 1_790_000_000_000L;
  private static final long DAY = Duration.ofDays(1).toMillis();

  /** Firings that one element, and one step of time, may cost. */
  private static final int EACH = 60;

  @Property(tries = 120)
  void endsAndLeavesNothing(
      @ForAll Driven.Which which, @ForAll long seed, @ForAll @IntRange(min = 1, max = 60) int steps)
      throws Exception {
    drive(which, seed, steps);
  }

  /** Found by the properties: a clock of 1970 and a restore before event time is known again. */
  @Example
  void aRestoreDoesNotForgetWhereEventTimeWas() throws Exception {
    drive(Driven.Which.INCIDENTS, 21, 60);
  }

  private static void drive(Driven.Which which, long seed, int steps) throws Exception {
    for (boolean endOfInput : new boolean[] {true, false}) {
      Random random = new Random(seed);
      CountedFunction.Firings firings = new CountedFunction.Firings(EACH * (steps + 10L));
      try (Driven driven = Driven.of(which, firings)) {
        long watermark = Long.MIN_VALUE;
        long front = START;
        for (int i = 0; i < steps; i++) {
          front += random.nextInt(20_000);
          switch (random.nextInt(10)) {
            case 0 -> {
              watermark = Math.max(watermark, front - random.nextInt(60_000));
              driven.watermark(watermark);
            }
            case 1 -> {
              watermark = Math.max(watermark, front += random.nextLong(3 * DAY));
              driven.watermark(watermark);
            }
            case 2 -> driven.processingTime(driven.processingTime() + random.nextInt(40_000));
            case 3 -> driven.processingTime(driven.processingTime() + random.nextLong(DAY));
            case 4 -> driven.rule(rule(random, i, front));
            case 5 -> driven.restore();
            default ->
                driven.element(
                    random.nextInt(4) == 0 ? i / 2 : i, AnyTime.next(random, START, front));
          }
        }
        if (endOfInput) {
          driven.watermark(Long.MAX_VALUE);
        } else {
          // Event time never comes again: what waits is concluded all the same.
          for (int i = 0; i < 40; i++) {
            driven.processingTime(driven.processingTime() + DAY / 4);
          }
        }
        driven.output();
        assertThat(driven.timersAndState()).as("timers and state, by %s", endOfInput).isZero();
      }
    }
  }

  private static RuleChange rule(Random random, int number, long front) {
    String json =
        "{\"schemaVersion\":\"1.0\",\"version\":"
            + (number + 1)
            + ",\"set\":{\"stormKills\":2,\"fleetHosts\":2,\"fleetWindowSeconds\":"
            + (1 + random.nextInt(3_600))
            + ",\"updateSeconds\":1}}";
    return new RuleChange(
        "r" + random.nextInt(2),
        number + 1,
        front - random.nextInt(100_000),
        front,
        random.nextInt(4) == 0 ? null : json.getBytes(StandardCharsets.UTF_8));
  }

  /** Arrival within the settling time, any pace of event time and a restore change no event. */
  @Property(tries = 25)
  void whereNothingIsLateTheEventsAreThoseOfTheOrderedRun(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 50) int elements) throws Exception {
    for (Driven.Which which :
        List.of(
            Driven.Which.SHARES, Driven.Which.FLEET, Driven.Which.INCIDENTS, Driven.Which.TRENDS)) {
      Random random = new Random(seed);
      List<Long> times = new ArrayList<>();
      long time = START;
      int ties = random.nextInt(5);
      for (int i = 0; i < elements; i++) {
        // Of kills of one moment, the order of arrival must not decide which one opens an episode.
        if (random.nextInt(5) >= ties) {
          time += 1 + random.nextInt(which == Driven.Which.TRENDS ? 200_000 : 8_000);
        }
        times.add(time);
      }
      List<String> ordered = run(which, times, new Random(seed), false);
      assertThat(run(which, times, new Random(seed), true)).as(which.name()).isEqualTo(ordered);
    }
  }

  private static List<String> run(
      Driven.Which which, List<Long> times, Random random, boolean disturbed) throws Exception {
    CountedFunction.Firings firings = new CountedFunction.Firings(EACH * (times.size() + 10L));
    try (Driven driven = Driven.of(which, firings)) {
      List<Integer> arrival = new ArrayList<>();
      for (int i = 0; i < times.size(); i++) {
        int at = disturbed ? Math.max(0, arrival.size() - random.nextInt(3)) : arrival.size();
        arrival.add(at, i);
      }
      for (int i = 0; i < arrival.size(); i++) {
        driven.element(arrival.get(i), times.get(arrival.get(i)));
        if (disturbed && random.nextInt(3) > 0) {
          long next = Long.MAX_VALUE;
          for (int later : arrival.subList(i + 1, arrival.size())) {
            next = Math.min(next, times.get(later));
          }
          driven.watermark(Math.min(next, times.get(times.size() - 1)) - 1);
        }
        if (disturbed && random.nextInt(10) == 0) {
          driven.restore();
        }
      }
      driven.watermark(START + 30 * DAY);
      driven.watermark(Long.MAX_VALUE);
      assertThat(driven.timersAndState()).isZero();
      List<String> output = new ArrayList<>(driven.output());
      output.sort(null);
      return output;
    }
  }
}

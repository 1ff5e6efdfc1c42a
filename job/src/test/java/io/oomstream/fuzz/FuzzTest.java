package io.oomstream.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The search for a few seconds, always over the same inputs; {@code .ci/fuzz} goes on for hours.
 */
class FuzzTest {

  private static final Map<String, Integer> TRIES =
      Map.of(
          "decoder", 20_000,
          "segmenter", 1_500,
          "report", 150,
          "damage", 150,
          "snapshot", 3_000,
          "rule", 20_000,
          "workload", 10_000);

  static List<FuzzTarget> targets() {
    return FuzzTargets.all();
  }

  @ParameterizedTest
  @MethodSource("targets")
  void holdsWhateverItIsGiven(FuzzTarget target) {
    Fuzzer fuzzer = new Fuzzer(target, 14);
    int known = fuzzer.seen();
    fuzzer.run(TRIES.get(target.name()));
    fuzzer.found().stream()
        .findFirst()
        .ifPresent(
            found -> {
              throw new AssertionError(
                  target.name() + " with " + KeptInputs.keep(target.name(), found.input()),
                  found.thrown());
            });
    // A search that finds nothing new changes nothing that matters.
    assertThat(fuzzer.seen()).isGreaterThan(known);
  }

  /** The search itself: a fault that one byte in one place makes is found and made short. */
  @Test
  void findsAFaultAndMakesItShort() {
    FuzzTarget broken =
        new FuzzTarget() {
          @Override
          public String name() {
            return "broken";
          }

          @Override
          public List<byte[]> seeds() {
            return List.of(new byte[] {'a', 'b', 'c', '1', '2', 'd', 'e', 'f'});
          }

          @Override
          public java.util.Set<String> check(byte[] input) {
            for (int i = 0; i + 1 < input.length; i++) {
              if (input[i] == 'a' && input[i + 1] == '\n') {
                throw new IllegalStateException("as planted");
              }
            }
            return java.util.Set.of("" + input.length);
          }
        };
    Fuzzer fuzzer = new Fuzzer(broken, 1);
    fuzzer.run(2_000);
    assertThat(fuzzer.found()).hasSize(1);
    assertThat(fuzzer.found().get(0).input()).containsExactly('a', '\n');
  }
}

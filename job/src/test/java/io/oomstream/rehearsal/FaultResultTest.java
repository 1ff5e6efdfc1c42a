package io.oomstream.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the comparison with the undisturbed run calls a fault. */
class FaultResultTest {

  private static final String CLOSED = "closed";
  private static final Map<String, List<String>> EXPECTED =
      Map.of("a", List.of("1"), "b", List.of("2"), "c", List.of(CLOSED));

  @Test
  void repeatsOfTheSameAreNoneUnlessEachMustComeOnce() {
    Map<String, List<String>> found = Map.of("a", List.of("1", "1"), "b", List.of("2"));
    assertThat(FaultResult.differences(EXPECTED, found, CLOSED, false)).isEmpty();
    assertThat(FaultResult.differences(EXPECTED, found, CLOSED, true)).containsExactly("twice: a");
  }

  @Test
  void whatIsMissingChangedOrMadeUpIsNamed() {
    Map<String, List<String>> found = Map.of("a", List.of("1", "9"), "d", List.of("3"));
    assertThat(FaultResult.differences(EXPECTED, found, CLOSED, false))
        .containsExactlyInAnyOrder("another content: a", "missing: b", "not expected: d");
  }
}

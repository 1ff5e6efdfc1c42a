package io.oomstream.function;

import static org.assertj.core.api.Assertions.assertThat;

import io.oomstream.lab.LabLogs;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** However records are shuffled within the settling time, and doubled, the events are the same. */
class OrderProperties {

  private static final List<LabLogs.LabLog> LOGS =
      List.of(
          LabLogs.one("6.12.117+deb13-amd64", "03-memcg2-kube", "kmsg.log"),
          LabLogs.one("6.1.0-50-amd64", "24-interleaved", "kmsg.log"),
          LabLogs.one("6.1.0-50-arm64", "05-oom-group", "kmsg.log"),
          LabLogs.one("5.10.0-46-amd64", "16-nasty-comm", "kmsg.log"),
          LabLogs.one("6.1.0-50-amd64", "20-storm", "kmsg.log"),
          LabLogs.one("6.1.0-50-amd64", "19-spoof", "kmsg.log"),
          LabLogs.one("6.12.117+deb13-amd64", "15-memcg-parallel", "kmsg.log"));

  private static final Deliveries IN_ORDER = Deliveries.inOrder(LOGS, 8);
  private static final Map<String, String> EVENTS = events(IN_ORDER, 1, 0);

  @Property(tries = 10, seed = "1")
  void theEventsAreThoseOfTheOrderedRun(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 4) int parallelism) {
    Deliveries shuffled = IN_ORDER.disturbed(seed, 5_000, 0.05);
    assertSame(events(shuffled, parallelism, seed), EVENTS);
  }

  /** Says what differs and not all that is the same. */
  static void assertSame(Map<String, String> events, Map<String, String> expected) {
    assertThat(events.keySet()).isEqualTo(expected.keySet());
    expected.forEach((id, value) -> assertThat(events.get(id)).as(id).isEqualTo(value));
  }

  private static Map<String, String> events(Deliveries deliveries, int parallelism, long seed) {
    try (MiniJob job = MiniJob.ofDefaults(parallelism)) {
      deliveries.into(job, new Random(seed));
      job.end();
      assertThat(job.residue()).as("state and timers").isZero();
      return seed == 0 ? job.validEvents() : job.events();
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }
}

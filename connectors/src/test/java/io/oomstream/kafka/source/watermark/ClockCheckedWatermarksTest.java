package io.oomstream.kafka.source.watermark;

import static org.assertj.core.api.Assertions.assertThat;

import io.oomstream.kafka.ClockCheckedWatermarksProbe;
import io.oomstream.kafka.SimulatedTopic;
import java.time.Duration;
import java.util.function.LongUnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A wrong clock moves nobody's event time, and a reader that lags is no wrong clock. */
class ClockCheckedWatermarksTest {
  private static final long DAY = 86_400_000;
  private static final long MINUTE = 60_000;

  /** What records may be out of order, and the steps of the simulation. */
  private static final long SLACK = 4_001;

  private static final LongUnaryOperator AT_HEAD = t -> 0;

  private final SimulatedTopic topic = new SimulatedTopic();

  @ParameterizedTest
  @ValueSource(strings = {"PT10M", "PT30M", "PT6H", "PT24H"})
  void aLagThatStaysEqualIsALag(String lag) {
    long ms = Duration.parse(lag).toMillis();
    for (int i = 0; i < 3; i++) {
      topic.partition(0, t -> ms);
    }
    for (int second = 0; second < 3600; second++) {
      topic.second();
      assertThat(topic.eventTime()).isGreaterThanOrEqualTo(topic.now() - ms - SLACK);
    }
    assertThat(topic.late()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"PT10M", "PT30M", "PT6H", "PT24H"})
  void someThatLagHoldTheOthersAndNothingIsLate(String lag) {
    long ms = Duration.parse(lag).toMillis();
    topic.partition(0, AT_HEAD);
    topic.partition(0, t -> ms);
    topic.partition(0, AT_HEAD);
    for (int second = 0; second < 3600; second++) {
      topic.second();
      assertThat(topic.eventTime()).isBetween(topic.now() - ms - SLACK, topic.now() - ms);
    }
    assertThat(topic.late()).isZero();
  }

  @ParameterizedTest
  @CsvSource({
    "PT30M, 1.0",
    "PT30M, 1.1",
    "PT2H, 1.5",
    "PT24H, 1.0",
    "PT24H, 1.001",
    "PT24H, 1.2",
    "PT24H, 3.0"
  })
  void aBacklogIsReadAtAnySpeedAndNothingIsLate(String lag, double speed) {
    long ms = Duration.parse(lag).toMillis();
    LongUnaryOperator shrinking = t -> (long) Math.max(0, ms - t * (speed - 1));
    topic.partition(0, shrinking);
    topic.partition(0, AT_HEAD);
    topic.partition(0, shrinking);
    for (int second = 0; second < 2 * 3600; second++) {
      topic.second();
      long left = shrinking.applyAsLong(topic.now() - SimulatedTopic.T0);
      assertThat(topic.eventTime()).isGreaterThanOrEqualTo(topic.now() - left - SLACK);
    }
    assertThat(topic.late()).isZero();
  }

  @ParameterizedTest
  @ValueSource(longs = {DAY, -DAY, 11 * MINUTE, -11 * MINUTE, 400 * DAY, -400 * DAY})
  void aWriterWithAWrongClockDelaysNobodyByMoreThanAMinute(long error) {
    topic.partition(0, AT_HEAD);
    topic.partition(error, AT_HEAD);
    topic.partition(0, AT_HEAD);
    for (int second = 0; second < 1800; second++) {
      topic.second();
      if (second >= 60) {
        assertThat(topic.eventTime()).isBetween(topic.now() - SLACK, topic.now());
      }
    }
    assertThat(topic.late()).isZero();
  }

  @Test
  void aClockThatIsSetHoldsTheOthersAgain() {
    ClockCheckedWatermarksProbe probe = new ClockCheckedWatermarksProbe();
    for (int second = 0; second <= 41; second++) {
      probe.event(-DAY);
      probe.advance(1_000);
    }
    assertThat(probe.emitted()).isEqualTo("idle");
    probe.event(-1_000);
    assertThat(probe.emitted()).isEqualTo("" + (probe.now() - 3_001));
  }

  /** Then how long records lie is known only when the first question is answered. */
  @Test
  void aWrongClockIsFoundBehindALagToo() {
    long lag = 30 * MINUTE;
    topic.partition(0, t -> lag);
    topic.partition(-DAY, t -> lag);
    for (int second = 0; second < 32 * 60; second++) {
      topic.second();
    }
    assertThat(topic.eventTime()).isBetween(topic.now() - lag - SLACK, topic.now() - lag);
    assertThat(topic.late()).isZero();
  }

  /** The reader stood still, and its last answer is from before. */
  @Test
  void anAnswerFromBeforeAnOutageAccusesNobody() {
    long outage = 40 * MINUTE;
    // At the head, then 40 minutes of nothing, then at the speed of time.
    LongUnaryOperator lag =
        t -> t < 5 * MINUTE ? 0 : t < 5 * MINUTE + outage ? t - 5 * MINUTE : outage;
    topic.partition(-11 * MINUTE, lag);
    topic.partition(0, lag);
    for (int second = 0; second < 3 * 3600; second++) {
      topic.second();
    }
    assertThat(topic.late()).isZero();
    assertThat(topic.eventTime()).isGreaterThan(topic.now() - outage - 11 * MINUTE - SLACK);
  }

  @Test
  void oneHostWithAWrongClockMovesNothing() {
    ClockCheckedWatermarksProbe probe = new ClockCheckedWatermarksProbe();
    probe.event(0);
    probe.event(DAY);
    probe.event(-DAY);
    assertThat(probe.emitted()).isEqualTo("" + (probe.now() - 2_001));
  }

  @Test
  void whoseLagIsNotKnownIsNeverSuspected() {
    ClockCheckedWatermarksProbe probe = new ClockCheckedWatermarksProbe();
    for (int second = 0; second < 300; second++) {
      probe.unknown(-DAY);
      assertThat(probe.emitted()).isNotEqualTo("idle");
      probe.advance(1_000);
    }
  }

  /**
   * A shipper that sends what it kept comes nearer all the time, though its reader is at the head.
   */
  @Test
  void whatIsSentLateButFasterThanTimeIsNoWrongClock() {
    ClockCheckedWatermarksProbe probe = new ClockCheckedWatermarksProbe();
    for (int second = 0; second < 300; second++) {
      probe.event(-DAY + 2_000L * second);
      assertThat(probe.emitted()).isNotEqualTo("idle");
      probe.advance(1_000);
    }
  }
}

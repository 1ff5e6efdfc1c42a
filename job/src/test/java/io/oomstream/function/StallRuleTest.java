package io.oomstream.function;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import org.junit.jupiter.api.Test;

class StallRuleTest {

  private static final StallRule RULE = StallRule.of(30_000);

  /** An element at 100 s that waits for 10 s of event time. */
  private static final StallRule.Waiting KEY =
      new StallRule.Waiting(100_000, 1_010_000, 1_000_000, 100_000, 990_000);

  private static StallRule.Pulse signs(long from, long to) {
    StallRule.Pulse pulse = null;
    for (long at = from; at <= to; at += 5_000) {
      pulse = RULE.sign(pulse, at);
    }
    return Objects.requireNonNull(pulse);
  }

  private static boolean concludes(StallRule.Waiting key, StallRule.Pulse pulse, long now) {
    return RULE.lookAt(key, pulse, now, 990_000) <= now;
  }

  @Test
  void aKeyThatIsSilentWhileOthersGoOnIsConcluded() {
    assertThat(RULE.firstLookAt(KEY)).isEqualTo(140_000);
    assertThat(concludes(KEY, signs(50_000, 140_000), 140_000)).isTrue();
    assertThat(concludes(KEY, signs(50_000, 135_000), 139_000)).isFalse();
  }

  @Test
  void aSilentSourceIsNoSilentKey() {
    assertThat(concludes(KEY, signs(50_000, 105_000), 140_000)).isFalse();
    assertThat(concludes(KEY, signs(50_000, 105_000), 1_009_999)).isFalse();
  }

  @Test
  void nothingWaitsForEver() {
    StallRule.Pulse pulse = signs(50_000, 105_000);
    long now = RULE.firstLookAt(KEY);
    int looks = 1;
    while (looks < 100 && RULE.lookAt(KEY, pulse, now, 990_000) > now) {
      now = RULE.lookAt(KEY, pulse, now, 990_000);
      looks++;
    }
    assertThat(now).isEqualTo(1_010_000);
    assertThat(looks).isLessThan(StallRule.PATIENCE + 5);
  }

  @Test
  void afterAnOutageAKeyHasItsTimeAgain() {
    StallRule.Pulse on = RULE.sign(signs(50_000, 130_000), 190_000);
    assertThat(concludes(KEY, on, 190_000)).isFalse();
    for (long at = 195_000; at <= 230_000; at += 5_000) {
      on = RULE.sign(on, at);
    }
    assertThat(concludes(KEY, on, 230_000)).isTrue();
  }

  @Test
  void afterARestoreAnOverdueKeyIsNotConcluded() {
    StallRule.Pulse restored = RULE.sign(null, 5_000_000);
    assertThat(RULE.lookAt(KEY, restored, 5_000_000, 990_000)).isEqualTo(5_040_000);
    assertThat(RULE.lookAt(KEY, null, 5_000_000, 990_000)).isEqualTo(5_040_000);
  }

  @Test
  void whereEventTimeComesNoneIsConcluded() {
    StallRule.Pulse pulse = signs(50_000, 140_000);
    assertThat(RULE.lookAt(KEY, pulse, 140_000, 1_005_000)).isGreaterThan(140_000);
  }

  @Test
  void aKeyADayAheadDoesNotWaitForADay() {
    StallRule.Waiting ahead =
        new StallRule.Waiting(100_000, 87_400_000, 87_400_000, 100_000, 990_000);
    assertThat(RULE.lookAt(ahead, signs(50_000, 140_000), 140_000, 1_030_000)).isEqualTo(140_000);
  }

  @Test
  void theEndsOfTimeDoNotWrap() {
    for (long due : new long[] {Long.MIN_VALUE, -1, 0, Long.MAX_VALUE}) {
      for (long at : new long[] {Long.MIN_VALUE, -1, 0, Long.MAX_VALUE}) {
        StallRule.Waiting key = new StallRule.Waiting(100_000, due, at, 100_000, Long.MIN_VALUE);
        assertThat(RULE.firstLookAt(key)).isGreaterThanOrEqualTo(130_000);
        assertThat(RULE.lookAt(key, null, 1_000_000, Long.MIN_VALUE)).isGreaterThan(1_000_000);
      }
    }
  }
}

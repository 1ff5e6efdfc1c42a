package io.oomstream.diagnosis.context;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.time.Instant;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** Held against numbers without an end; jqwik tries the ends of long often. */
class EventTimeTest {

  private static long clamped(BigInteger exact) {
    return exact
        .max(BigInteger.valueOf(Long.MIN_VALUE))
        .min(BigInteger.valueOf(Long.MAX_VALUE))
        .longValueExact();
  }

  @Property
  void neverWraps(@ForAll long a, @ForAll long b) {
    BigInteger x = BigInteger.valueOf(a);
    BigInteger y = BigInteger.valueOf(b);
    assertThat(EventTime.plus(a, b)).isEqualTo(clamped(x.add(y)));
    assertThat(EventTime.minus(a, b)).isEqualTo(clamped(x.subtract(y)));
    assertThat(EventTime.times(a, b)).isEqualTo(clamped(x.multiply(y)));
  }

  @Test
  void secondsSinceBootAreNoDate() {
    assertThat(EventTime.wall(3_821)).isNull();
    assertThat(EventTime.sinceBootUs(3_821)).isEqualTo(3_821_000);
    long now = Instant.parse("2026-11-29T23:05:00Z").toEpochMilli();
    assertThat(EventTime.wall(now)).isEqualTo("2026-11-29T23:05:00Z");
    assertThat(EventTime.sinceBootUs(now)).isNull();
  }

  @Test
  void theBoundOfAnUnsetClockIsNeither() {
    long bound = Instant.parse("1980-01-01T00:00:00Z").toEpochMilli();
    assertThat(EventTime.wall(bound)).isNull();
    assertThat(EventTime.sinceBootUs(bound)).isNull();
    assertThat(EventTime.wall(-1)).isNull();
    assertThat(EventTime.sinceBootUs(-1)).isNull();
  }
}

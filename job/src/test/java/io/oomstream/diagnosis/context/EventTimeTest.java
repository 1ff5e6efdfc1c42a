package io.oomstream.diagnosis.context;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

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
}

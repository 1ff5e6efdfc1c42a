package io.oomstream.trend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class SlopeTest {

  @Property(tries = 200)
  void theRangeHoldsTheSlopeAndOrderDoesNotMatter(
      @ForAll @Size(min = 2, max = 40) List<@IntRange(min = 0, max = 1_000_000) Integer> values,
      @ForAll long seed) {
    List<Slope.Point> points = points(values, 1);
    Slope slope = Objects.requireNonNull(Slope.of(points));
    assertThat(slope.least()).isLessThanOrEqualTo(slope.perMs());
    assertThat(slope.most()).isGreaterThanOrEqualTo(slope.perMs());
    assertThat(slope.tau()).isBetween(-1.0, 1.0);
    Collections.shuffle(points, new Random(seed));
    Slope shuffled = Objects.requireNonNull(Slope.of(points));
    assertThat(shuffled.perMs()).isEqualTo(slope.perMs());
    assertThat(shuffled.least()).isEqualTo(slope.least());
    assertThat(shuffled.most()).isEqualTo(slope.most());
  }

  @Property(tries = 200)
  void scaleIsTheSlopesToo(
      @ForAll @Size(min = 2, max = 40) List<@IntRange(min = 0, max = 1_000_000) Integer> values,
      @ForAll @DoubleRange(min = 0.5, max = 100) double scale) {
    Slope one = Objects.requireNonNull(Slope.of(points(values, 1)));
    Slope scaled = Objects.requireNonNull(Slope.of(points(values, scale)));
    double near = 1e-9 * scale * 1_000_000;
    assertThat(scaled.perMs()).isCloseTo(one.perMs() * scale, within(near));
    assertThat(scaled.least()).isCloseTo(one.least() * scale, within(near));
    assertThat(scaled.tau()).isEqualTo(one.tau());
  }

  @Property(tries = 50)
  void onePointIsNoLine(@ForAll long time, @ForAll @DoubleRange(min = 0, max = 1e9) double value) {
    assertThat(Slope.of(List.of(new Slope.Point(time, value)))).isNull();
  }

  private static List<Slope.Point> points(List<Integer> values, double scale) {
    List<Slope.Point> points = new ArrayList<>();
    for (int i = 0; i < values.size(); i++) {
      points.add(new Slope.Point(i * 60_000L, values.get(i) * scale));
    }
    return points;
  }
}

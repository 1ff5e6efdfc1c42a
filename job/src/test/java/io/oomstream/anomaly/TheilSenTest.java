package io.oomstream.anomaly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class TheilSenTest {

  @Test
  void noLineThroughLessThanTwoTimes() {
    assertThat(TheilSen.of(List.of())).isNull();
    assertThat(TheilSen.of(List.of(point(5, 1)))).isNull();
    assertThat(TheilSen.of(List.of(point(5, 1), point(5, 9)))).isNull();
  }

  @Test
  void noiseOnALevelDoesNotRise() {
    TheilSen line = line(10, 12, 10, 12, 10, 12, 10);
    assertThat(line.slope()).isZero();
    assertThat(Math.abs(line.rising())).isLessThan(0.5);
  }

  @Test
  void dropAfterAKillDoesNotHideTheRise() {
    TheilSen line = line(10, 20, 30, 40, 50, 60, 12);
    assertThat(line.slope()).isPositive();
  }

  @Property
  void findsAnyLine(
      @ForAll @DoubleRange(min = -1000, max = 1000) double slope,
      @ForAll @DoubleRange(min = -1e6, max = 1e6) double start,
      @ForAll @IntRange(min = 2, max = 30) int points) {
    List<TheilSen.Point> line = straight(slope, start, points);
    TheilSen found = Objects.requireNonNull(TheilSen.of(line));
    assertThat(found.slope()).isCloseTo(slope, within(1e-6));
    assertThat(found.start()).isCloseTo(start, within(1e-3));
  }

  @Property
  void oneWildPointBendsNothing(
      @ForAll @DoubleRange(min = 1, max = 1000) double slope,
      @ForAll @DoubleRange(min = -1e9, max = 1e9) double wild,
      @ForAll @IntRange(min = 8, max = 30) int points,
      @ForAll @IntRange(min = 0, max = 7) int where) {
    List<TheilSen.Point> line = new ArrayList<>(straight(slope, 0, points));
    line.set(where, point(where, wild));
    TheilSen found = Objects.requireNonNull(TheilSen.of(line));
    assertThat(found.slope()).isCloseTo(slope, within(slope * 1e-6));
  }

  private static List<TheilSen.Point> straight(double slope, double start, int points) {
    List<TheilSen.Point> line = new ArrayList<>();
    for (int i = 0; i < points; i++) {
      line.add(point(i, start + slope * i));
    }
    return line;
  }

  private static TheilSen line(double... values) {
    List<TheilSen.Point> points = new ArrayList<>();
    for (int i = 0; i < values.length; i++) {
      points.add(point(i, values[i]));
    }
    return Objects.requireNonNull(TheilSen.of(points));
  }

  private static TheilSen.Point point(long time, double value) {
    return new TheilSen.Point(time, value);
  }
}

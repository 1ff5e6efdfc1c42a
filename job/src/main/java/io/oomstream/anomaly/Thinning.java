package io.oomstream.anomaly;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/**
 * Keeps a window's samples few without making it shorter: of the times between the first and the
 * last the one that stands closest between its neighbours goes, with all its points.
 */
final class Thinning {

  private Thinning() {}

  static List<HostHistory.PastSample> thin(List<HostHistory.PastSample> samples, int maxTimes) {
    TreeSet<Long> distinct = new TreeSet<>();
    samples.forEach(sample -> distinct.add(sample.eventTimeMs()));
    if (distinct.size() <= maxTimes) {
      return List.copyOf(samples);
    }
    List<Long> times = new ArrayList<>(distinct);
    while (times.size() > Math.max(2, maxTimes)) {
      times.remove(closest(times));
    }
    TreeSet<Long> kept = new TreeSet<>(times);
    return samples.stream().filter(sample -> kept.contains(sample.eventTimeMs())).toList();
  }

  private static int closest(List<Long> times) {
    int closest = 1;
    long least = Long.MAX_VALUE;
    for (int i = 1; i < times.size() - 1; i++) {
      long gap = times.get(i + 1) - times.get(i - 1);
      if (gap < least) {
        closest = i;
        least = gap;
      }
    }
    return closest;
  }
}

package io.oomstream.cli.html;

import io.oomstream.cli.report.EventNode;
import io.oomstream.cli.report.HostMoments;
import io.oomstream.cli.report.HtmlFacts;
import io.oomstream.cli.report.Incident;
import io.oomstream.snapshot.Snapshot;
import io.oomstream.snapshot.SnapshotFigures;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The memory of one machine at several moments.
 *
 * @param caption what the moments are
 * @param points oldest first
 */
record GrowthSeries(String caption, List<Point> points) {

  /** A share that never gets this big is no line, and if none changes by so much, no chart. */
  private static final double LEAST_SHARE = 0.02;

  /** Two kills say nothing about a way from one to the other. */
  private static final int LEAST_KILLS = 3;

  private static final int LINES = 6;

  /** Figures of a snapshot that are shares of the memory, with the words for them. */
  private static final Map<String, String> FIGURES =
      Map.of(
          SnapshotFigures.UNRECLAIMABLE_SLAB, "slabUnreclaimable",
          SnapshotFigures.PAGE_TABLES, "pageTables",
          SnapshotFigures.KERNEL_STACK, "kernelStack",
          SnapshotFigures.SHMEM, "shmem",
          SnapshotFigures.UNACCOUNTED, "unaccounted",
          SnapshotFigures.FREE, "free");

  /**
   * A moment.
   *
   * @param time milliseconds, comparable within the series
   * @param shares 0 to 1, by their names for people
   */
  record Point(long time, String when, Map<String, Double> shares) {}

  /** Of the reports of each host, where there are enough. */
  static List<GrowthSeries> ofReports(List<Incident> incidents, PageWords words) {
    boolean wall = incidents.stream().anyMatch(i -> i.data().text("time") != null);
    Map<String, List<Point>> hosts = new TreeMap<>();
    for (Incident incident : incidents) {
      EventNode data = incident.block().isPresent() ? incident.block() : incident.data();
      Long time = Timeline.timeOf(data, wall);
      if (time == null || !data.at("memory").at("accounting").isPresent()) {
        continue;
      }
      Map<String, Double> shares = new LinkedHashMap<>();
      HtmlFacts.shares(data, words.messages()).forEach(s -> shares.put(s.label(), s.share()));
      String host = HtmlFacts.host(data);
      String when = HtmlFacts.when(data, words.messages());
      hosts
          .computeIfAbsent(host == null ? words.text("unnamed-host") : host, h -> new ArrayList<>())
          .add(new Point(time, when == null ? "" : when, shares));
    }
    List<GrowthSeries> all = new ArrayList<>();
    hosts.forEach(
        (host, points) -> {
          points.sort((a, b) -> Long.compare(a.time(), b.time()));
          // Shares that round to nothing are not in an event's list.
          Set<String> names = new HashSet<>();
          points.forEach(point -> names.addAll(point.shares().keySet()));
          points.forEach(point -> names.forEach(name -> point.shares().putIfAbsent(name, 0.0)));
          add(all, words.text("growth.about", "host", host), points, LEAST_KILLS);
        });
    return all;
  }

  /** Of the copies of a host's {@code /proc} files. */
  static List<GrowthSeries> ofMoments(List<HostMoments> hosts, PageWords words) {
    List<GrowthSeries> all = new ArrayList<>();
    for (HostMoments host : hosts) {
      List<Point> points = new ArrayList<>();
      for (Snapshot moment : host.moments()) {
        Map<String, Double> shares = shares(moment, words);
        if (!shares.isEmpty()) {
          long time = moment.measuredMs();
          points.add(new Point(time, Instant.ofEpochMilli(time).toString(), shares));
        }
      }
      add(all, words.text("growth.copies", "host", host.host()), points, 2);
    }
    return all;
  }

  private static Map<String, Double> shares(Snapshot moment, PageWords words) {
    Map<String, Double> shares = new LinkedHashMap<>();
    Long managed = moment.values().get(SnapshotFigures.MANAGED);
    if (managed != null && managed > 0) {
      FIGURES.forEach(
          (figure, name) ->
              put(
                  shares,
                  HtmlFacts.label(name, words.messages()),
                  moment.values().get(figure),
                  managed));
      put(
          shares,
          words.text("growth.available"),
          moment.values().get(SnapshotFigures.AVAILABLE),
          managed);
      moment
          .caches()
          .forEach(
              (cache, bytes) ->
                  put(shares, words.text("growth.cache", "name", cache), bytes, managed));
    }
    Long swap = moment.values().get(SnapshotFigures.SWAP_TOTAL);
    if (swap != null && swap > 0) {
      put(shares, words.text("growth.swap"), moment.values().get(SnapshotFigures.SWAP_USED), swap);
    }
    return shares;
  }

  private static void put(
      Map<String, Double> shares, String name, @Nullable Long bytes, long whole) {
    if (bytes != null) {
      shares.put(name, (double) bytes / whole);
    }
  }

  private static void add(List<GrowthSeries> all, String caption, List<Point> points, int least) {
    GrowthSeries series = new GrowthSeries(caption, List.copyOf(points));
    if (points.size() >= least && series.span() > 0 && !series.names().isEmpty()) {
      all.add(series);
    }
  }

  Point first() {
    return points.get(0);
  }

  Point last() {
    return points.get(points.size() - 1);
  }

  /** Milliseconds from the first moment to the last. */
  double span() {
    return points.isEmpty() ? 0 : (double) last().time() - first().time();
  }

  /** What changed most, most first, where anything changed; with something to compare it with. */
  List<String> names() {
    Map<String, Double> least = new HashMap<>();
    Map<String, Double> most = new HashMap<>();
    for (Point point : points) {
      point.shares().forEach((name, share) -> least.merge(name, share, Math::min));
      point.shares().forEach((name, share) -> most.merge(name, share, Math::max));
    }
    Map<String, Double> change = new TreeMap<>();
    most.forEach((name, share) -> change.put(name, share - least.getOrDefault(name, share)));
    if (change.values().stream().noneMatch(c -> c >= LEAST_SHARE)) {
      return List.of();
    }
    return change.entrySet().stream()
        .filter(e -> most.getOrDefault(e.getKey(), 0.0) >= LEAST_SHARE)
        .sorted((a, b) -> Double.compare(b.getValue(), a.getValue()))
        .limit(LINES)
        .map(Map.Entry::getKey)
        .toList();
  }
}

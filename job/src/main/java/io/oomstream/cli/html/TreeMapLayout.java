package io.oomstream.cli.html;

import java.util.ArrayList;
import java.util.List;

/**
 * Puts areas side by side so that they fill a rectangle and each is as near to a square as it gets.
 */
final class TreeMapLayout {

  /** A place in percent of the whole. */
  record Tile(int index, double x, double y, double width, double height) {}

  private final double aspect;
  private final List<Tile> tiles = new ArrayList<>();

  private TreeMapLayout(double aspect) {
    this.aspect = aspect;
  }

  /**
   * The places of the values, in their order.
   *
   * @param values positive, biggest first
   * @param aspect width of the whole by its height
   */
  static List<Tile> of(List<Double> values, double aspect) {
    TreeMapLayout layout = new TreeMapLayout(aspect);
    double sum = values.stream().mapToDouble(Double::doubleValue).sum();
    if (sum > 0) {
      layout.place(values, sum);
    }
    return layout.tiles;
  }

  private void place(List<Double> values, double sum) {
    double x = 0;
    double y = 0;
    double width = aspect;
    double height = 1;
    double scale = aspect / sum;
    int from = 0;
    while (from < values.size()) {
      double side = Math.min(width, height);
      int to = from + 1;
      while (to < values.size()
          && worst(values, from, to + 1, side, scale) <= worst(values, from, to, side, scale)) {
        to++;
      }
      double area = area(values, from, to, scale);
      double thick = side <= 0 ? 0 : area / side;
      double at = 0;
      for (int i = from; i < to; i++) {
        double length = thick <= 0 ? 0 : values.get(i) * scale / thick;
        if (width >= height) {
          add(i, x, y + at, thick, length);
        } else {
          add(i, x + at, y, length, thick);
        }
        at += length;
      }
      if (width >= height) {
        x += thick;
        width = Math.max(0, width - thick);
      } else {
        y += thick;
        height = Math.max(0, height - thick);
      }
      from = to;
    }
  }

  private void add(int index, double x, double y, double width, double height) {
    tiles.add(new Tile(index, x / aspect * 100, y * 100, width / aspect * 100, height * 100));
  }

  private static double area(List<Double> values, int from, int to, double scale) {
    double area = 0;
    for (int i = from; i < to; i++) {
      area += values.get(i) * scale;
    }
    return area;
  }

  /** How far the worst tile of a row is from a square. */
  private static double worst(List<Double> values, int from, int to, double side, double scale) {
    double area = area(values, from, to, scale);
    double worst = 0;
    for (int i = from; i < to; i++) {
      double one = values.get(i) * scale;
      double ratio = side * side * one / (area * area);
      worst = Math.max(worst, Math.max(ratio, 1 / ratio));
    }
    return worst;
  }
}

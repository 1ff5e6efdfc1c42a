package io.oomstream.lab;

import java.util.List;
import java.util.Map;
import java.util.Set;

/** What a damaged report may state, for the search that goes on for hours. */
public final class EqualOrAbsent {

  private EqualOrAbsent() {}

  /** A whole report, and every figure that its events state by its path. */
  public record Whole(String name, List<String> texts, Map<String, Set<String>> figures) {}

  public static List<Whole> reports() {
    return EqualOrAbsentProperties.reports().stream()
        .map(whole -> new Whole(whole.name(), whole.texts(), whole.facts().figures()))
        .toList();
  }

  /** Every figure that the events of these lines state. */
  public static Map<String, Set<String>> figures(List<String> texts) {
    return Facts.of(EqualOrAbsentProperties.run(texts)).figures();
  }

  /** Whether a figure is a sum over what arrived, or may be named anew by that damage. */
  public static boolean mayDiffer(String path, Damage damage, Map<String, Set<String>> expected) {
    return EqualOrAbsentProperties.mayDiffer(path, damage, expected);
  }

  /** What may be stated at a path. */
  public static Set<String> allowed(String path, Map<String, Set<String>> expected) {
    return EqualOrAbsentProperties.allowed(path, expected);
  }
}

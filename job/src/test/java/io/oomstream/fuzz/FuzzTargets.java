package io.oomstream.fuzz;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

/** All targets by their names. */
final class FuzzTargets {

  private static final Map<String, Supplier<FuzzTarget>> ALL =
      new TreeMap<>(
          Map.of(
              "decoder", DecoderTarget::new,
              "segmenter", SegmenterTarget::new,
              "report", ReportTarget::new,
              "damage", DamageTarget::new,
              "snapshot", SnapshotTarget::new,
              "rule", RuleTarget::new,
              "workload", WorkloadTarget::new));

  private FuzzTargets() {}

  static List<FuzzTarget> all() {
    return ALL.values().stream().map(Supplier::get).toList();
  }

  static FuzzTarget named(String name) {
    Supplier<FuzzTarget> target = ALL.get(name);
    if (target == null) {
      throw new IllegalArgumentException("no target " + name + ", there are " + ALL.keySet());
    }
    return target.get();
  }
}

package io.oomstream.fuzz;

import java.util.List;

/** All targets. */
final class FuzzTargets {

  private FuzzTargets() {}

  static List<FuzzTarget> all() {
    return List.of(
        new DecoderTarget(),
        new SegmenterTarget(),
        new ReportTarget(),
        new DamageTarget(),
        new SnapshotTarget(),
        new RuleTarget());
  }

  static FuzzTarget named(String name) {
    return all().stream()
        .filter(target -> target.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no target " + name));
  }
}

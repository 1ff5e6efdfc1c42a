package io.oomstream.rule;

import io.oomstream.event.RuleRef;
import io.oomstream.event.SignalKind;
import io.oomstream.event.rule.Rule;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The limits of one kind of episode: from the options, changed by rules. */
final class RuleLimits {

  private RuleLimits() {}

  static DetectorLimits base(IncidentOptions options, SignalKind kind) {
    return switch (kind) {
      case OOM_STORM -> limits(options.stormWindowMs(), options.stormKills(), options.updateMs());
      case OOM_CRASH_LOOP ->
          limits(options.crashLoopWindowMs(), options.crashLoopKills(), options.updateMs());
      case FLEET_OOM -> limits(options.fleetWindowMs(), options.fleetHosts(), options.updateMs());
      default -> limits(options.burstWindowMs(), options.burstFailures(), options.updateMs());
    };
  }

  static DetectorLimits with(
      DetectorLimits limits, Rule.Settings set, SignalKind kind, RuleRef ref) {
    return switch (kind) {
      case OOM_STORM -> with(limits, set.stormWindowSeconds(), set.stormKills(), set, ref);
      case OOM_CRASH_LOOP ->
          with(limits, set.crashLoopWindowSeconds(), set.crashLoopKills(), set, ref);
      case FLEET_OOM -> with(limits, set.fleetWindowSeconds(), set.fleetHosts(), set, ref);
      default -> with(limits, set.burstWindowSeconds(), set.burstFailures(), set, ref);
    };
  }

  private static DetectorLimits limits(long windowMs, int threshold, long updateMs) {
    return new DetectorLimits(windowMs, threshold, updateMs, List.of());
  }

  private static DetectorLimits with(
      DetectorLimits limits,
      @Nullable Long windowSeconds,
      @Nullable Integer threshold,
      Rule.Settings set,
      RuleRef ref) {
    Long updateSeconds = set.updateSeconds();
    if (windowSeconds == null && threshold == null && updateSeconds == null) {
      return limits;
    }
    List<RuleRef> rules = new ArrayList<>(limits.rules());
    rules.add(ref);
    return new DetectorLimits(
        windowSeconds == null ? limits.windowMs() : windowSeconds * 1000,
        threshold == null ? limits.threshold() : threshold,
        updateSeconds == null ? limits.updateMs() : updateSeconds * 1000,
        List.copyOf(rules));
  }
}

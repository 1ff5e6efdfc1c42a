package io.oomstream.rule;

import io.oomstream.diagnosis.context.Thresholds;
import io.oomstream.event.AnomalySignal;
import io.oomstream.event.RuleRef;
import io.oomstream.event.SignalKind;
import io.oomstream.event.rule.Rule;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The thresholds for blocks, changed by live rules, and the signals that the rules affect. */
public final class RuleThresholds {

  private Thresholds thresholds;
  private final Map<SignalKind, List<RuleRef>> shaped = new EnumMap<>(SignalKind.class);

  RuleThresholds(Thresholds base) {
    thresholds = base;
  }

  public Thresholds thresholds() {
    return thresholds;
  }

  /** The signal with the rules that affect it. */
  public AnomalySignal shaped(AnomalySignal signal) {
    return signal.shapedBy(shaped.getOrDefault(signal.kind(), List.of()));
  }

  void apply(Rule.Settings set, RuleRef ref) {
    Thresholds.Shortage shortage = thresholds.shortage();
    Thresholds.Uses uses = thresholds.uses();
    Thresholds.Victim victim = thresholds.victim();
    thresholds =
        new Thresholds(
            new Thresholds.Shortage(
                or(set.highOrder(), shortage.highOrder()),
                or(set.freeShare(), shortage.freeShare()),
                shortage.usableFreeShare(),
                shortage.minFreeShare(),
                shortage.processShare()),
            new Thresholds.Uses(
                or(set.pageTableShare(), uses.pageTableShare()),
                or(set.unreclaimableSlabShare(), uses.unreclaimableSlabShare()),
                or(set.shmemShare(), uses.shmemShare()),
                or(set.unaccountedShare(), uses.unaccountedShare()),
                uses.unevictableShare(),
                uses.hugePageShare(),
                uses.dirtyShare(),
                uses.driverShare(),
                uses.memcgShare()),
            thresholds.swap(),
            thresholds.swarm(),
            new Thresholds.Victim(
                victim.userShare(),
                victim.bystanderShare(),
                or(set.criticalProcesses(), victim.criticalProcesses())),
            thresholds.taskRows());
    shape(ref, set.highOrder(), SignalKind.HIGH_ORDER_ALLOCATION_FAILURE);
    shape(ref, set.highOrder(), SignalKind.ALLOCATION_FAILURE);
    shape(ref, set.freeShare(), SignalKind.MEMORY_EXHAUSTED);
    shape(ref, set.freeShare(), SignalKind.SWAP_EXHAUSTED);
    shape(ref, set.pageTableShare(), SignalKind.PAGE_TABLE_BLOAT);
    shape(ref, set.unreclaimableSlabShare(), SignalKind.UNRECLAIMABLE_SLAB_HIGH);
    shape(ref, set.shmemShare(), SignalKind.SHMEM_HIGH);
    shape(ref, set.unaccountedShare(), SignalKind.UNACCOUNTED_MEMORY_HIGH);
    shape(ref, set.criticalProcesses(), SignalKind.CRITICAL_VICTIM);
  }

  private void shape(RuleRef ref, @Nullable Object set, SignalKind kind) {
    if (set != null) {
      shaped.computeIfAbsent(kind, k -> new ArrayList<>()).add(ref);
    }
  }

  private static <T> T or(@Nullable T set, T base) {
    return Objects.requireNonNullElse(set, base);
  }
}

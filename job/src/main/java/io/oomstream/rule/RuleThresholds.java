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
    Thresholds t = thresholds;
    thresholds =
        new Thresholds(
            or(set.highOrder(), t.highOrder()),
            or(set.freeShare(), t.freeShare()),
            or(set.pageTableShare(), t.pageTableShare()),
            or(set.unreclaimableSlabShare(), t.unreclaimableSlabShare()),
            or(set.shmemShare(), t.shmemShare()),
            or(set.unaccountedShare(), t.unaccountedShare()),
            t.unevictableShare(),
            t.hugePageShare(),
            t.kernelStackShare(),
            t.crowdShare(),
            t.swapFreeShare(),
            t.usableFreeShare(),
            t.forkBombTasks(),
            t.crowdKernelShare(),
            or(set.criticalProcesses(), t.criticalProcesses()),
            t.taskRows(),
            t.processShare(),
            t.memcgShare(),
            t.dirtyShare(),
            t.driverShare(),
            t.minFreeShare(),
            t.swapCachedShare(),
            t.userShare(),
            t.bystanderShare());
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

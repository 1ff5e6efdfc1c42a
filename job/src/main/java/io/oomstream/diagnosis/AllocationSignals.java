package io.oomstream.diagnosis;

import io.oomstream.block.KernelBlock;
import io.oomstream.event.AnomalySignal.Severity;
import io.oomstream.event.Evidence;
import io.oomstream.event.Gfp;
import io.oomstream.event.MemoryBlock;
import io.oomstream.event.SignalKind;
import io.oomstream.event.Trigger;
import io.oomstream.kernel.LineRule;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Signals of a report about a failed allocation. */
final class AllocationSignals {

  private AllocationSignals() {}

  static void write(Case c, SignalWriter out) {
    KernelBlock block = c.block();
    if (block.kind() == MemoryBlock.Kind.SLAB_ALLOCATION_FAILURE) {
      slab(block, out);
    } else if (block.lineOf(LineRule.VMALLOC_FAILURE) != null) {
      vmalloc(block, out);
    } else {
      pages(c, out);
    }
  }

  private static void slab(KernelBlock block, SignalWriter out) {
    KernelBlock.Failure failure = block.failure();
    String cache = failure == null ? null : failure.cache();
    String line = block.lineOf(LineRule.SLUB_FAILURE);
    if (line == null) {
      line = block.lineOf(LineRule.SLAB_FAILURE);
    }
    out.add(
        SignalKind.SLAB_ALLOCATION_FAILURE,
        Severity.WARNING,
        cache,
        null,
        List.of(Facts.text("slab cache", cache == null ? "unknown" : cache, line)),
        "The kernel could not get memory for "
            + (cache == null ? "a slab cache" : "slab cache " + cache)
            + ".");
  }

  private static void vmalloc(KernelBlock block, SignalWriter out) {
    String who = who(block.trigger());
    out.add(
        SignalKind.VMALLOC_FAILURE,
        Severity.WARNING,
        subject(block.trigger()),
        null,
        List.of(
            Facts.text(
                "failure",
                block.failure() == null ? "vmalloc" : block.failure().text(),
                block.lineOf(LineRule.VMALLOC_FAILURE))),
        "A vmalloc request of " + who + " failed.");
  }

  private static void pages(Case c, SignalWriter out) {
    KernelBlock block = c.block();
    Trigger trigger = block.trigger();
    KernelBlock.Failure failure = block.failure();
    Integer order = order(trigger, failure);
    String line = block.lineOf(LineRule.PAGE_ALLOCATION_FAILURE);
    String stall = block.lineOf(LineRule.PAGE_ALLOCATION_STALL);
    stall = stall != null ? stall : block.lineOf(LineRule.PAGE_ALLOCATION_STALL_MISSPELT);
    boolean stalled = line == null && stall != null;
    if (stalled) {
      line = stall;
    }
    if (line == null && failure == null) {
      return;
    }
    int limit = c.thresholds().highOrder();
    boolean high = order != null && order > limit;
    List<Evidence> evidence =
        List.of(
            order == null
                ? Facts.text("failure", failure == null ? "" : failure.text(), line)
                : Facts.count("order of the request", order, limit, line));
    out.add(
        high ? SignalKind.HIGH_ORDER_ALLOCATION_FAILURE : SignalKind.ALLOCATION_FAILURE,
        isAtomic(trigger) && !high ? Severity.INFO : Severity.WARNING,
        subject(trigger),
        order == null ? null : new SignalWriter.Measure(order, limit, "order"),
        evidence,
        "A request of "
            + who(trigger)
            + " for "
            + size(trigger, order)
            + (stalled ? " is stalled." : " failed.")
            + (isAtomic(trigger)
                ? " It could not wait for memory to be reclaimed, so a burst of them is worth a"
                    + " look, a single one is not."
                : ""));
  }

  private static @Nullable Integer order(
      @Nullable Trigger trigger, KernelBlock.@Nullable Failure failure) {
    if (failure != null && failure.order() != null) {
      return failure.order();
    }
    return trigger == null ? null : trigger.order();
  }

  private static boolean isAtomic(@Nullable Trigger trigger) {
    Gfp gfp = trigger == null ? null : trigger.gfp();
    return gfp != null && Boolean.FALSE.equals(gfp.mayBlock());
  }

  private static @Nullable String subject(@Nullable Trigger trigger) {
    return trigger == null ? null : trigger.comm();
  }

  private static String who(@Nullable Trigger trigger) {
    return trigger == null || trigger.comm() == null ? "an unknown task" : trigger.comm();
  }

  private static String size(@Nullable Trigger trigger, @Nullable Integer order) {
    Long bytes = trigger == null ? null : trigger.requestedBytes();
    if (order == null) {
      return "memory";
    }
    return (bytes == null ? "memory" : HumanUnits.bytes(bytes))
        + (order > 0 ? " in one piece" : "")
        + " (order "
        + order
        + ")";
  }
}

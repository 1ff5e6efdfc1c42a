package io.oomstream.diagnosis.signal;

import io.oomstream.diagnosis.context.CallerName;
import io.oomstream.diagnosis.context.DiagnosisContext;
import io.oomstream.event.AnomalySignal.Allocation;
import io.oomstream.event.AnomalySignal.Judgement;
import io.oomstream.event.section.Gfp;
import io.oomstream.event.section.Trigger;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whether a failed allocation did harm: by the code that asked, where it is known, else by what its
 * flags say of the caller ({@code include/linux/gfp_types.h}).
 */
final class AllocationJudge {

  /** {@code PAGE_ALLOC_COSTLY_ORDER} of include/linux/mmzone.h. */
  static final int COSTLY_ORDER = 3;

  private AllocationJudge() {}

  /**
   * The judgement.
   *
   * @param order null if not known
   * @param stalled the request goes on, it only takes long
   */
  static Allocation of(DiagnosisContext c, @Nullable Integer order, boolean stalled) {
    List<String> whole = c.block().callTrace();
    List<String> trace = Reclaim.within(whole);
    boolean reclaims = trace.size() < whole.size();
    String caller = CallerName.of(trace);
    Trigger trigger = c.block().trigger();
    Gfp gfp = trigger == null ? null : trigger.gfp();
    KnownCaller known = KnownCaller.in(trace);
    if (stalled) {
      return judged(c, Judgement.UNKNOWN, "stalled", caller);
    }
    if (known == KnownCaller.DMA_BUFFER && gfp != null && has(gfp, "NORETRY")) {
      return judged(c, Judgement.HARMLESS, "noretry", caller); // whoever asks the layer says so
    }
    boolean dying = !reclaims && gfp != null && order != null && failsOnlyTheDying(gfp, order);
    if (known != null && !(dying && known.judgement() == Judgement.HARMFUL)) {
      return judged(c, known.judgement(), "caller." + known, caller);
    }
    if (dying) {
      return judged(c, Judgement.HARMLESS, "dying", caller);
    }
    if (gfp == null) {
      return judged(c, Judgement.UNKNOWN, "no-flags", caller);
    }
    if (has(gfp, "NORETRY")) {
      return judged(c, Judgement.HARMLESS, "noretry", caller);
    }
    if (has(gfp, "RETRY_MAYFAIL") || has(gfp, "REPEAT")) {
      return judged(c, Judgement.UNKNOWN, "mayfail", caller);
    }
    if (has(gfp, "THISNODE")) {
      return judged(c, Judgement.HARMLESS, "thisnode", caller);
    }
    if (gfp.mayBlock() == null || order == null) {
      return judged(c, Judgement.UNKNOWN, "no-flags", caller);
    }
    if (!gfp.mayBlock()) {
      return judged(c, Judgement.UNKNOWN, "atomic", caller);
    }
    if (reclaims) {
      return judged(c, Judgement.UNKNOWN, "reclaimer", caller);
    }
    if (order > COSTLY_ORDER) {
      return judged(c, Judgement.UNKNOWN, caller == null ? "costly" : "costly.caller", caller);
    }
    String zone = gfp.zone();
    if (zone != null && zone.startsWith("DMA")) {
      return judged(c, Judgement.HARMFUL, "low-zone", caller);
    }
    return judged(c, Judgement.UNKNOWN, "reclaimer", caller);
  }

  /**
   * What the kernel kills for, it lets fail for a victim alone ({@code __alloc_pages_slowpath}).
   */
  private static boolean failsOnlyTheDying(Gfp gfp, int order) {
    String zone = gfp.zone();
    return order <= COSTLY_ORDER
        && Boolean.TRUE.equals(gfp.mayBlock())
        && Boolean.TRUE.equals(gfp.mayFs())
        && zone != null
        && !zone.startsWith("DMA")
        && !has(gfp, "NORETRY")
        && !has(gfp, "RETRY_MAYFAIL")
        && !has(gfp, "REPEAT")
        && !has(gfp, "THISNODE");
  }

  static Allocation vmalloc(DiagnosisContext c) {
    return judged(c, Judgement.HARMFUL, "vmalloc", CallerName.of(c.block().callTrace()));
  }

  /** SLUB and SLAB say it when the smallest order failed too. */
  static Allocation slab(DiagnosisContext c) {
    List<String> trace = Reclaim.within(c.block().callTrace());
    KnownCaller known = KnownCaller.in(trace);
    return known == null
        ? judged(c, Judgement.UNKNOWN, "slab", CallerName.of(trace))
        : judged(c, known.judgement(), "caller." + known, CallerName.of(trace));
  }

  private static boolean has(Gfp gfp, String flag) {
    return gfp.flags().contains(flag);
  }

  private static Allocation judged(
      DiagnosisContext c, Judgement judgement, String key, @Nullable String caller) {
    return new Allocation(
        judgement,
        c.say("judge." + key, "caller", caller == null ? c.say("who.the-caller") : caller),
        caller);
  }
}

package io.oomstream.diagnosis.cause;

import io.oomstream.diagnosis.context.DiagnosisContext;
import io.oomstream.event.section.Cause;
import io.oomstream.event.section.Swap;
import io.oomstream.kernel.Section;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Swap is full. Never the cause by itself: what filled it is. */
public record SwapRule() implements CauseRule {

  @Override
  public Cause.Kind kind() {
    return Cause.Kind.SWAP_EXHAUSTED;
  }

  @Override
  public Set<Section> needs() {
    return Set.of();
  }

  @Override
  public @Nullable Finding find(DiagnosisContext c) {
    SwapVerdict swap = SwapVerdict.of(c);
    if (swap.state() != Swap.State.EXHAUSTED && swap.state() != Swap.State.CACHED) {
      return null;
    }
    return new Finding(
        kind(), Rank.CONTRIBUTING, 0, swap.evidence(), List.of(swap.reason()), List.of());
  }

  @Override
  public About about() {
    return new About(
        "swap",
        "free swap is at most `diagnose.free-share` of all swap; for a control group, its swap is"
            + " at memory.swap.max",
        List.of("fact.free-swap", "fact.swap-cached", "fact.group-swap"),
        "CONTRIBUTING: what filled it is the cause",
        "mm/swap_state.c: show_swap_cache_info");
  }
}

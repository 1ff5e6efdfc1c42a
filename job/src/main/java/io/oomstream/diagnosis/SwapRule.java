package io.oomstream.diagnosis;

import io.oomstream.event.Cause;
import io.oomstream.kernel.LineRule;
import io.oomstream.kernel.Section;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Swap is full. Never the cause by itself: what filled it is. */
record SwapRule() implements CauseRule {

  @Override
  public Cause.Kind kind() {
    return Cause.Kind.SWAP_EXHAUSTED;
  }

  @Override
  public Set<Section> needs() {
    return Set.of(Section.PAGE_TOTALS);
  }

  @Override
  public @Nullable Finding find(Case c) {
    Long total = c.usage().swapTotal();
    Long free = c.usage().swapFree();
    if (c.isMemcg() || total == null || free == null || total <= 0) {
      return null;
    }
    double share = (double) free / total;
    if (share > c.thresholds().freeShare()) {
      return null;
    }
    long limit = (long) (total * c.thresholds().freeShare());
    return new Finding(
        kind(),
        Rank.CONTRIBUTING,
        0,
        List.of(Facts.bytes("free swap", free, limit, c.block().lineOf(LineRule.FREE_SWAP))),
        "swap is full (" + HumanUnits.bytes(free) + " of " + HumanUnits.bytes(total) + " free)",
        "");
  }
}

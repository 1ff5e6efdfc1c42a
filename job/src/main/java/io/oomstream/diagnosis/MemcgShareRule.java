package io.oomstream.diagnosis;

import io.oomstream.block.KernelBlock;
import io.oomstream.event.Cause;
import io.oomstream.event.Memcg;
import io.oomstream.kernel.Section;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What filled the control group, where it was not its processes' ordinary memory.
 *
 * @param statistic of memory.stat
 * @param noun what it is, for people
 * @param share of the group's usage
 */
record MemcgShareRule(Cause.Kind kind, String statistic, String noun, double share)
    implements CauseRule {

  @Override
  public Set<Section> needs() {
    return Set.of(Section.MEMCG_STATS);
  }

  @Override
  public @Nullable Finding find(Case c) {
    Memcg memcg = c.block().memcg();
    if (!c.isMemcg() || memcg == null || memcg.usageBytes() == null || memcg.usageBytes() <= 0) {
      return null;
    }
    Long bytes = memcg.stats().get(statistic);
    double measured = bytes == null ? 0 : (double) bytes / memcg.usageBytes();
    if (bytes == null || measured < share) {
      return null;
    }
    return new Finding(
        kind,
        Rank.CONTRIBUTING,
        bytes,
        List.of(
            Facts.share(
                noun + ", share of the control group's usage", measured, share, line(c.block()))),
        noun + " is " + HumanUnits.bytes(bytes) + " of it (" + HumanUnits.percent(measured) + ")",
        "");
  }

  private @Nullable String line(KernelBlock block) {
    return ReportLines.containing(block, Section.MEMCG_STATS, statistic + " ");
  }
}

package io.oomstream.diagnosis.cause;

import io.oomstream.diagnosis.context.DiagnosisContext;
import io.oomstream.diagnosis.context.Facts;
import io.oomstream.diagnosis.context.HumanUnits;
import io.oomstream.event.section.Cause;
import io.oomstream.kernel.LineRule;
import io.oomstream.kernel.Section;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Memory that {@code memory.min} and {@code memory.low} keep from reclaim. */
public record ProtectionRule() implements CauseRule {

  private static final String MIN = "min protection ";
  private static final String LOW = "low protection ";

  @Override
  public Cause.Kind kind() {
    return Cause.Kind.PROTECTED_MEMORY;
  }

  @Override
  public Set<Section> needs() {
    return Set.of();
  }

  @Override
  public @Nullable Finding find(DiagnosisContext c) {
    String line = c.block().lineOf(LineRule.MEMCG_PROTECTION);
    Long managed = c.usage().managed();
    if (line == null || managed == null || !c.isGlobal()) {
      return null;
    }
    long bytes = Math.max(kilobytes(line, MIN), kilobytes(line, LOW)) << 10;
    Double share = c.usage().share(bytes);
    double limit = c.thresholds().uses().unevictableShare();
    // The first kernels that print it print it a page size too large.
    if (share == null || share < limit || bytes > managed) {
      return null;
    }
    String text = HumanUnits.bytes(bytes);
    return new Finding(
        kind(),
        Rank.CONTRIBUTING,
        bytes,
        List.of(Facts.share(c.say("fact.protected.share"), share, limit, line)),
        List.of(c.say("cause.protected", "bytes", text, "share", HumanUnits.percent(share))),
        c.advice("protected", "bytes", text));
  }

  private static long kilobytes(String line, String name) {
    int at = line.indexOf(name);
    long value = 0;
    for (int i = at < 0 ? line.length() : at + name.length(); i < line.length(); i++) {
      int digit = Character.digit(line.charAt(i), 10);
      if (digit < 0 || value > Long.MAX_VALUE >> 16) {
        break;
      }
      value = value * 10 + digit;
    }
    return value;
  }

  @Override
  public About about() {
    return new About(
        "protected",
        "the kernel's line about protected memory names at least `diagnose.unevictable-share` of"
            + " managed memory, and no more than the machine has",
        List.of("fact.protected.share"),
        "CONTRIBUTING: processes use this memory",
        "mm/memcontrol.c: mem_cgroup_show_protected_memory (6.19)");
  }
}

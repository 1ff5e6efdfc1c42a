package io.oomstream.diagnosis;

import io.oomstream.block.KernelBlock;
import io.oomstream.diagnosis.cause.CauseRule;
import io.oomstream.diagnosis.cause.ExhaustedRule;
import io.oomstream.diagnosis.cause.FragmentationRule;
import io.oomstream.diagnosis.cause.HugePagesRule;
import io.oomstream.diagnosis.cause.MemcgKernelRule;
import io.oomstream.diagnosis.cause.MemcgRule;
import io.oomstream.diagnosis.cause.MemcgShareRule;
import io.oomstream.diagnosis.cause.MinFreeRule;
import io.oomstream.diagnosis.cause.PlacementRule;
import io.oomstream.diagnosis.cause.ProtectionRule;
import io.oomstream.diagnosis.cause.ReserveRule;
import io.oomstream.diagnosis.cause.ShareRules;
import io.oomstream.diagnosis.cause.SwapRule;
import io.oomstream.diagnosis.cause.SwarmRule;
import io.oomstream.diagnosis.cause.SysrqRule;
import io.oomstream.diagnosis.cause.ThreadsRule;
import io.oomstream.diagnosis.cause.Undetermined;
import io.oomstream.diagnosis.cause.ZoneRule;
import io.oomstream.diagnosis.context.DiagnosisContext;
import io.oomstream.event.section.Cause;
import io.oomstream.event.section.Evidence;
import io.oomstream.kernel.Section;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** The table of causes, and the choice among those that hold. */
public final class CauseRules {

  /** Where rank and bytes are the same the earlier rule wins. */
  public static final List<CauseRule> TABLE = table();

  private static List<CauseRule> table() {
    List<CauseRule> rules =
        new ArrayList<>(
            List.of(
                new SysrqRule(),
                new MemcgRule(),
                new PlacementRule(),
                new ZoneRule(),
                ReserveRule.LOWMEM,
                ReserveRule.CMA,
                new MinFreeRule(),
                new FragmentationRule(),
                new SwarmRule(),
                new ThreadsRule(),
                new HugePagesRule(),
                ShareRules.PAGE_TABLES,
                ShareRules.SLAB,
                ShareRules.ALL_SLAB,
                ShareRules.LOCKED,
                ShareRules.SHMEM,
                ShareRules.WRITEBACK,
                ShareRules.BALLOON,
                ShareRules.GRAPHICS,
                ShareRules.COMPRESSED,
                ShareRules.UNACCOUNTED,
                new ExhaustedRule(),
                new SwapRule(),
                new ProtectionRule()));
    rules.add(new MemcgKernelRule());
    rules.addAll(MemcgShareRule.ALL);
    return List.copyOf(rules);
  }

  /** What filled memory is no answer where memory was not short. */
  private static final Set<CauseRule.Rank> EXPLAIN_SHORTAGE =
      EnumSet.of(CauseRule.Rank.SHARE, CauseRule.Rank.EXHAUSTED, CauseRule.Rank.CONTRIBUTING);

  private CauseRules() {}

  /** The verdict before it is put into words for one victim. */
  record Verdict(CauseRule.Finding primary, List<CauseRule.Finding> contributing) {

    List<Cause.Kind> contributingKinds() {
      return contributing.stream().map(CauseRule.Finding::kind).distinct().toList();
    }

    List<Evidence> evidence() {
      List<Evidence> evidence = new ArrayList<>(primary.evidence());
      contributing.forEach(f -> evidence.addAll(f.evidence()));
      return evidence;
    }
  }

  static Verdict decide(DiagnosisContext c) {
    List<CauseRule.Finding> findings = new ArrayList<>();
    Set<Section> lacking = new TreeSet<>();
    for (CauseRule rule : TABLE) {
      Set<Section> needs = rule.needs();
      if (needs.stream().allMatch(s -> has(c.block(), s))) {
        CauseRule.Finding finding = rule.find(c);
        if (finding != null) {
          findings.add(finding);
        }
      } else if (rule.matters(c)
          && c.block().info().missing().stream().anyMatch(m -> names(needs).contains(m))) {
        lacking.addAll(needs);
      }
    }
    if (c.isGlobal() && c.notShort() != null) {
      findings.removeIf(f -> EXPLAIN_SHORTAGE.contains(f.rank()));
    }
    findings.sort(
        Comparator.comparing(CauseRule.Finding::rank)
            .thenComparing(Comparator.comparingLong(CauseRule.Finding::weight).reversed()));
    boolean found = !findings.isEmpty() && findings.get(0).rank() != CauseRule.Rank.CONTRIBUTING;
    CauseRule.Finding primary =
        found
            ? findings.get(0)
            : Undetermined.of(c, lacking.stream().filter(s -> !has(c.block(), s)).toList());
    return new Verdict(
        primary,
        findings.stream()
            .filter(f -> f.kind() != primary.kind())
            .filter(f -> f.kind() != Cause.Kind.MEMORY_EXHAUSTED)
            .toList());
  }

  private static boolean has(KernelBlock block, Section section) {
    return block.info().sections().contains(section.name());
  }

  private static List<String> names(Set<Section> sections) {
    return sections.stream().map(Section::name).toList();
  }
}

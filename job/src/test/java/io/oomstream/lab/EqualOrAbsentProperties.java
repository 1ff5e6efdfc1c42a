package io.oomstream.lab;

import static org.assertj.core.api.Assertions.assertThat;

import io.oomstream.assemble.HostLine;
import io.oomstream.format.line.KernelLine;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/**
 * Of a damaged report every figure that its events still state is that of the whole report: what
 * damage takes is missing, and never something else.
 */
class EqualOrAbsentProperties {

  private static final int LONGEST_LOG = 700;

  /** Its forged lines are told by figures that damage may take. */
  private static final String FORGED = "19-spoof";

  record Whole(String name, List<String> texts, Facts facts) {}

  private static final List<Whole> REPORTS = reports();

  @Property(tries = 200, seed = "13")
  void everyFigureIsEqualOrAbsent(
      @ForAll @IntRange(max = 10_000) int report,
      @ForAll Damage damage,
      @ForAll @IntRange(min = 1, max = 6) int times,
      @ForAll long seed) {
    Whole whole = REPORTS.get(report % REPORTS.size());
    List<String> damaged = damage.of(whole.texts(), times, new Random(seed));
    Map<String, Set<String>> expected = whole.facts().figures();
    Facts.of(run(damaged))
        .figures()
        .forEach(
            (path, values) -> {
              if (!mayDiffer(path, damage, expected)) {
                assertThat(allowed(path, expected))
                    .as("%s of %s, %s", path, whole.name(), damage)
                    .containsAll(values);
              }
            });
  }

  /** Sums are over what arrived; a name that changed on the way names something else. */
  static boolean mayDiffer(String path, Damage damage, Map<String, Set<String>> expected) {
    boolean sum =
        path.startsWith("block.tasks.count")
            || path.startsWith("block.tasks.names")
            || path.startsWith("block.tasks.totals.")
            || isSumOfGroups(path, expected)
            || path.startsWith("block.tasks.byComm[")
            || path.contains(".memory.boot.")
            || path.endsWith(".memcg.accounting.unaccountedBytes")
            || path.endsWith(".accounting.accountedBytes")
            || path.endsWith(".badness.rank");
    boolean named =
        path.contains(".counters.")
            || path.contains(".stats.")
            || path.contains(".zones[")
            || path.contains(".nodes[")
            || path.contains(".unreclaimable[");
    boolean renames =
        damage == Damage.BYTE || damage == Damage.HEAD_CUT || damage == Damage.SPLICED;
    boolean sumOfLines =
        (path.endsWith(".shares.hugePages") || path.endsWith(".unaccountedBytes"))
            && expected.keySet().stream().anyMatch(fact -> fact.contains(".hugePages["));
    // Which parts a group's memory has depends on the counters that arrived.
    boolean otherParts = path.contains(".memcg.accounting.shares.") && !expected.containsKey(path);
    return sum || sumOfLines || otherParts || (named && renames && !expected.containsKey(path));
  }

  /** Up to 5.2 every group below has a line, and the figures are the sum of them. */
  private static boolean isSumOfGroups(String path, Map<String, Set<String>> expected) {
    return (path.contains(".memcg.stats.") || path.contains(".memcg.accounting.shares."))
        && expected.containsKey("block.memcg.stats.bytes.cache");
  }

  /** What the kill line lacks of the victim its row of the table has, a moment older. */
  static Set<String> allowed(String path, Map<String, Set<String>> expected) {
    Set<String> allowed = new TreeSet<>(expected.getOrDefault(path, Set.of()));
    int victim = path.indexOf("].victim.");
    if (victim > 0) {
      String pid = path.substring("kill[".length(), victim);
      String row = "block.tasks.rows[" + pid + "]." + path.substring(victim + "].victim.".length());
      allowed.addAll(expected.getOrDefault(row, Set.of()));
    }
    return allowed;
  }

  /** Lines that only their order of arrival orders. */
  static PlainPipeline.Result run(List<String> texts) {
    List<HostLine> lines = new ArrayList<>();
    for (int i = 0; i < texts.size(); i++) {
      String text = texts.get(i);
      if (io.oomstream.kernel.Classifier.classify(text) != null) {
        KernelLine line =
            new KernelLine(
                "lab", null, null, null, null, 0, 6, null, null, text, "test", 0, i, 0, 0);
        lines.add(HostLine.of(line, null, 0));
      }
    }
    return PlainPipeline.run(lines);
  }

  static List<Whole> reports() {
    List<Whole> reports = new ArrayList<>();
    for (ReportFixture fixture : ReportFixture.all()) {
      add(reports, fixture.name(), fixture.hostLines());
    }
    for (String kernel : LabLogs.KERNELS) {
      for (LabLogs.LabLog log : LabLogs.of(kernel)) {
        if (log.form().equals("dmesg.log")
            && log.lines().size() < LONGEST_LOG
            && !log.scenario().equals(FORGED)) {
          add(reports, log.toString(), Lines.of(log, 0));
        }
      }
    }
    return reports;
  }

  private static void add(List<Whole> reports, String name, List<HostLine> lines) {
    List<String> texts = lines.stream().map(line -> line.line().text()).toList();
    reports.add(new Whole(name, texts, Facts.of(run(texts))));
  }
}

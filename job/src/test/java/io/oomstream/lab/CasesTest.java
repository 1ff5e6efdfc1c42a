package io.oomstream.lab;

import static org.assertj.core.api.Assertions.assertThat;

import io.oomstream.event.AnomalySignal;
import io.oomstream.event.EventJson;
import io.oomstream.event.KillEvent;
import io.oomstream.event.OutgoingEvent;
import io.oomstream.event.SchemaAssert;
import io.oomstream.event.SignalKind;
import io.oomstream.event.section.Blame;
import io.oomstream.event.section.Cause;
import io.oomstream.event.section.Memory;
import io.oomstream.event.section.Scope;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Small inputs as people paste them: what the judgement says of each kind, and what it must not.
 */
class CasesTest {

  private static final long MIB = 1 << 20;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "01", "04", "06", "07", "08", "09", "14", "15", "18", "19", "20", "21", "23", "24", "25",
        "26", "29"
      })
  void everyEventIsAsTheSchemaHasIt(String number) {
    PlainPipeline.Result result = CaseFile.run(number);
    result
        .kills()
        .forEach(k -> SchemaAssert.assertValid(OutgoingEvent.Type.KILL, EventJson.toTree(k)));
    result
        .signals()
        .forEach(s -> SchemaAssert.assertValid(OutgoingEvent.Type.SIGNAL, EventJson.toTree(s)));
    result
        .blocks()
        .forEach(b -> SchemaAssert.assertValid(OutgoingEvent.Type.BLOCK, EventJson.toTree(b)));
  }

  @Test
  void totalsOfKernelsThatEndTheFirstLineWithTheInactivePages() {
    KillEvent kill = kill("01");
    Memory memory = Objects.requireNonNull(kill.memory());
    Memory.Accounting accounting = Objects.requireNonNull(memory.accounting());
    assertThat(accounting.shares())
        .containsEntry("anon", 132835L * 4096)
        .containsEntry("slab", 38211L * 4096);
    assertThat(kill.cause().primary()).isEqualTo(Cause.Kind.MEMORY_EXHAUSTED);
  }

  @Test
  void limitOfSiblingsWhoseHeadIsCut() {
    KillEvent kill = kill("04");
    assertThat(kill.cause().primary()).isEqualTo(Cause.Kind.MEMCG_LIMIT);
    assertThat(kill.scope().limitCgroup()).isEqualTo("/kubepods/pod1");
    assertThat(kill.cause().summary()).contains("pod1 or a group above it").doesNotContain("aaaa");
  }

  @Test
  void firstGroupOfWholeStatisticsIsTheLimits() {
    List<String> lines = new ArrayList<>(CaseFile.lines("04"));
    lines.add(0, lines.get(0).replace("pod1/aaaa", "pod1"));
    assertThat(kill(lines).scope().limitCgroup()).isEqualTo("/kubepods/pod1");
    lines.remove(2);
    lines.remove(1);
    assertThat(kill(lines).scope().limitCgroup()).isEqualTo("/kubepods/pod1");
  }

  @Test
  void policyIsNoLimit() {
    KillEvent kill = kill("06");
    assertThat(kill.cause().primary()).isNotEqualTo(Cause.Kind.MEMCG_LIMIT);
    assertThat(kill.scope().kind()).isNotEqualTo(Scope.Kind.MEMCG);
    assertThat(kill.cause().summary()).contains("CONSTRAINT_BPF_PSI_MEM", "No limit");
    assertThat(advice(kill)).noneMatch(step -> step.contains("memory.max"));
  }

  @Test
  void kernelsWordsEndBeforeTheVerb() {
    KillEvent kill = kill("07");
    assertThat(kill.cause().evidence())
        .anyMatch(e -> "Memory cgroup out of memory".equals(e.text()))
        .noneMatch(e -> e.text() != null && e.text().endsWith("(app"));
    assertThat(kill("04").cause().evidence())
        .anyMatch(e -> "Memory cgroup out of memory".equals(e.text()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"-997", "-998", "-999"})
  void guaranteedPodIsNoCriticalVictimOfItsOwnLimit(String adj) {
    List<String> lines =
        CaseFile.lines("08").stream().map(l -> l.replace("adj:-997", "adj:" + adj)).toList();
    assertThat(CaseFile.run(lines).signalKinds()).doesNotContain(SignalKind.CRITICAL_VICTIM);
    List<String> global = lines.stream().map(CasesTest::ofTheMachine).toList();
    assertThat(CaseFile.run(global).signalKinds()).contains(SignalKind.CRITICAL_VICTIM);
  }

  private static String ofTheMachine(String line) {
    return line.replaceAll("oom_memcg=[^,]*", "global_oom")
        .replace("CONSTRAINT_MEMCG", "CONSTRAINT_NONE")
        .replace("Memory cgroup out", "Out");
  }

  @ParameterizedTest
  @ValueSource(strings = {"09", "24"})
  void failureBesideAFullPageCacheIsNoExhaustion(String number) {
    assertThat(CaseFile.run(number).signalKinds()).doesNotContain(SignalKind.MEMORY_EXHAUSTED);
    List<String> withPageSize = new ArrayList<>(CaseFile.lines(number));
    withPageSize.add("[18410.829300] Normal: 3*4kB (UEM) 1*8kB (U) 0*16kB = 20kB");
    assertThat(CaseFile.run(withPageSize).signalKinds())
        .doesNotContain(SignalKind.MEMORY_EXHAUSTED);
  }

  @Test
  void kernelWithoutHugePagesPrintsNoLineOfThem() {
    KillEvent without = kill("14");
    List<String> lines = new ArrayList<>(CaseFile.lines("14"));
    int totals = lines.indexOf("572 total pagecache pages");
    lines.add(
        totals, "Node 0 hugepages_total=0 hugepages_free=0 hugepages_surp=0 hugepages_size=2048kB");
    KillEvent with = kill(lines);
    for (KillEvent kill : List.of(without, with)) {
      assertThat(kill.cause().primary()).isEqualTo(Cause.Kind.UNACCOUNTED_KERNEL_MEMORY);
      assertThat(why(kill).get(0)).contains("40.1 %");
      assertThat(Objects.requireNonNull(kill.blame()).role()).isEqualTo(Blame.Role.BYSTANDER);
    }
  }

  @Test
  void memoryOfTheOnlyNodeIsMovable() {
    // The indentation is the reader's.
    KillEvent kill = kill(CaseFile.lines("15").stream().map(String::strip).toList());
    assertThat(kill.cause().primary()).isEqualTo(Cause.Kind.CPUSET_OR_POLICY);
    assertThat(kill.scope().memsAllowed()).isEqualTo("4");
    assertThat(why(kill).get(0))
        .contains("124.0 GiB are free there", "Node 4 Movable", "may not use")
        .doesNotContain("used up");
  }

  @Test
  void swapCacheCountsAgainstTheLimit() {
    PlainPipeline.Result result = CaseFile.run("18");
    assertThat(result.kills()).hasSize(1);
    KillEvent kill = result.kills().get(0);
    assertThat(Objects.requireNonNull(kill.trigger()).comm()).isEqualTo("alloc_anon");
    Memory.Accounting accounting =
        Objects.requireNonNull(Objects.requireNonNull(kill.memcg()).accounting());
    assertThat(accounting.accountedBytes()).isEqualTo(10 * MIB);
    assertThat(accounting.unaccountedBytes()).isZero();
    assertThat(String.join(" ", why(kill))).contains("swap cache 4.9 MiB (49.2 %)");
  }

  @Test
  void kernelMemoryOfAVersion1Group() {
    KillEvent kill = kill("19");
    assertThat(kill.cause().contributing()).startsWith(Cause.Kind.KERNEL_MEMORY);
    assertThat(why(kill).get(1))
        .contains("the kernel's own memory 511.9 MiB")
        .doesNotContain("slab");
  }

  @ParameterizedTest
  @ValueSource(strings = {"20", "21"})
  void reservesOfEmptyZones(String number) {
    KillEvent kill = kill(number);
    assertThat(kill.cause().primary()).isEqualTo(Cause.Kind.ZONE_EXHAUSTED);
    assertThat(Objects.requireNonNull(kill.memory()).zones())
        .allSatisfy(zone -> assertThat(zone.check()).as(zone.name()).isNotNull());
  }

  @Test
  void reservesThatAreNoneForTheEmptyMovableZone() {
    KillEvent kill = kill("26");
    assertThat(kill.cause().primary()).isEqualTo(Cause.Kind.ZONE_EXHAUSTED);
    assertThat(String.join(" ", why(kill)))
        .contains("Node 0 DMA, Node 0 DMA32, Node 0 Normal", "73.1 % of memory are in no counter");
    assertThat(Objects.requireNonNull(kill.memory()).zones())
        .allSatisfy(zone -> assertThat(zone.belowMin()).as(zone.name()).isTrue());
    List<String> filled =
        CaseFile.lines("26").stream()
            .map(l -> l.replace("1845 3179 0 0", "1845 3179 3179 3179"))
            .map(l -> l.replace("0 0 1334 0 0", "0 0 1334 1334 1334"))
            .toList();
    assertThat(kill(filled).cause()).as("as with the rows filled").isEqualTo(kill.cause());
  }

  @Test
  void withoutZonesFreeMemoryAndFilesAreRivals() {
    List<String> lines =
        CaseFile.lines("20").stream().filter(l -> !l.contains("lowmem_reserve")).toList();
    assertThat(kill(lines).cause().primary()).isNotEqualTo(Cause.Kind.MEMORY_EXHAUSTED);
    List<String> noZones = lines.stream().filter(l -> !l.contains(" free:")).toList();
    PlainPipeline.Result result = CaseFile.run(noZones);
    assertThat(result.kills())
        .allSatisfy(k -> assertThat(k.cause().primary()).isNotEqualTo(Cause.Kind.MEMORY_EXHAUSTED));
  }

  @Test
  void nobodyToKillAndSwapThatIsNoHelp() {
    List<String> lines = new ArrayList<>(CaseFile.lines("23"));
    lines.add(11, "[121972.090000] Normal: 3*4kB (UEM) 1*8kB (U) 0*16kB 0*32kB = 20kB");
    for (PlainPipeline.Result result : List.of(CaseFile.run("23"), CaseFile.run(lines))) {
      AnomalySignal nobody = signal(result, SignalKind.NO_KILLABLE_PROCESS);
      assertThat(nobody.summary()).contains("2 of its table").doesNotContain("all have", "all of");
      assertThat(signal(result, SignalKind.SWAP_FREE_MISLEADING).summary())
          .doesNotContain("locked");
    }
    assertThat(signal(CaseFile.run(lines), SignalKind.SWAP_FREE_MISLEADING).summary())
        .contains("in none of the counters");
  }

  @Test
  void cacheOfAContainer() {
    AnomalySignal signal = signal(CaseFile.run("25"), SignalKind.SLAB_ALLOCATION_FAILURE);
    assertThat(signal.subject()).isEqualTo("anon_vma_chain");
    assertThat(signal.workload()).contains("3a166877f910");
    assertThat(signal.summary()).contains("container 3a166877f910", "limit refused it");
  }

  @Test
  void faultWhoseChargeFailed() {
    KillEvent kill = kill("29");
    String all = String.join(" ", why(kill)) + advice(kill);
    assertThat(kill.cause().primary()).isEqualTo(Cause.Kind.UNDETERMINED);
    assertThat(kill.cause().summary()).startsWith("Memory was not short");
    assertThat(all).contains("a charge", "container 3a166877f910").doesNotContain("lost lines");
    List<String> noTable =
        CaseFile.lines("29").stream()
            .filter(l -> !l.contains("Tasks state") && !l.contains("] [ "))
            .toList();
    assertThat(advice(kill(noTable)).toString()).doesNotContain("lost lines");
  }

  private static List<String> why(KillEvent kill) {
    return Objects.requireNonNull(kill.cause().why());
  }

  private static List<String> advice(KillEvent kill) {
    return Objects.requireNonNull(kill.cause().advice());
  }

  private static AnomalySignal signal(PlainPipeline.Result result, SignalKind kind) {
    return result.signals().stream().filter(s -> s.kind() == kind).findFirst().orElseThrow();
  }

  private static KillEvent kill(String number) {
    return kill(CaseFile.lines(number));
  }

  private static KillEvent kill(List<String> lines) {
    List<KillEvent> kills = CaseFile.run(lines).kills();
    assertThat(kills).hasSize(1);
    return kills.get(0);
  }
}

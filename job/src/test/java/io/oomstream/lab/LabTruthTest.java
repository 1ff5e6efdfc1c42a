package io.oomstream.lab;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.oomstream.block.KernelBlock;
import io.oomstream.event.KillEvent;
import io.oomstream.event.MemoryBlock;
import io.oomstream.event.SignalKind;
import io.oomstream.event.section.Cause;
import io.oomstream.event.section.Scope;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every lab log, in every text form, against what the guest's own processes saw. */
class LabTruthTest {

  /** Signals that need /proc snapshots or windows of them; they come with those. */
  private static final Set<String> FROM_SNAPSHOTS =
      Set.of("SLAB_GROWTH", "TASK_STRUCT_SLAB_GROWTH");

  static Stream<LabLogs.LabLog> logs() {
    return LabLogs.all().stream();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("logs")
  void theKillsAreTheTruthsKills(LabLogs.LabLog log) {
    if (isCutConsole(log)) {
      assertThat(PlainPipeline.run(log).kills()).isEmpty();
      return;
    }
    PlainPipeline.Result result = PlainPipeline.run(log);
    Map<Long, JsonNode> truth = chosenByTheKernel(log);
    Map<Long, KillEvent> kills = new TreeMap<>();
    for (KillEvent kill : result.kills()) {
      assertThat(kills.put(kill.victim().pid(), kill)).as("pid killed twice").isNull();
    }
    assertThat(kills.keySet()).isEqualTo(truth.keySet());
    for (Map.Entry<Long, JsonNode> dead : truth.entrySet()) {
      KillEvent kill = kills.get(dead.getKey());
      assertThat(bytesOf(kill)).as("comm").isEqualTo(dead.getValue().get("comm_hex").asText());
      assertThat(kill.victim().uid()).isEqualTo(dead.getValue().get("uid").asLong());
      assertThat(kill.victim().oomScoreAdj()).isEqualTo(dead.getValue().get("adj").asInt());
      if (kill.scope().taskCgroup() != null) {
        assertThat(kill.scope().taskCgroup()).isEqualTo(dead.getValue().get("cgroup").asText());
      }
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("logs")
  void scopeCauseAndSignalsAreTheExpectedOnes(LabLogs.LabLog log) {
    if (!hasWholeReports(log)) {
      return;
    }
    PlainPipeline.Result result = PlainPipeline.run(log);
    JsonNode expect = log.truth().get("expect");
    for (KillEvent kill : result.kills()) {
      assertThat(kill.scope().kind().name()).isEqualTo(expect.get("scope").asText());
      if (!isRateLimited(kill) && !followsAnother(log, kill, result)) {
        assertThat(kill.cause().primary().name())
            .as(kill.cause().summary())
            .isEqualTo(expect.get("cause").asText());
      }
    }
    assertThat(result.kills())
        .filteredOn(LabTruthTest::isRateLimited)
        .allSatisfy(k -> assertThat(k.cause().primary().name()).isEqualTo("UNDETERMINED"));
    if (!expect.get("scope").isNull() && result.kills().isEmpty()) {
      assertThat(result.blocks())
          .filteredOn(b -> b.kind() == MemoryBlock.Kind.OOM)
          .isNotEmpty()
          .allSatisfy(
              block -> {
                assertThat(block.scope().kind().name()).isEqualTo(expect.get("scope").asText());
                assertThat(block.cause().primary().name()).isEqualTo(expect.get("cause").asText());
              });
    }
    Set<String> wanted =
        StreamSupport.stream(expect.get("signals").spliterator(), false)
            .map(JsonNode::asText)
            .filter(kind -> !FROM_SNAPSHOTS.contains(kind))
            .filter(kind -> !isLostInText(log, kind))
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(result.signalKinds().stream().map(SignalKind::name)).containsAll(wanted);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("logs")
  void nothingInAReportStaysUnread(LabLogs.LabLog log) {
    for (KernelBlock block : PlainPipeline.run(log).parsed()) {
      assertThat(block.info().unparsedLines()).isZero();
      if (hasWholeReports(log)) {
        assertThat(block.selfChecks())
            .allSatisfy(c -> assertThat(c.passed()).as(c.toString()).isTrue());
      }
    }
  }

  /**
   * While the page tables of the victim before are being freed no counter of the kernel holds them,
   * and one report alone cannot tell whose they are.
   */
  private static boolean followsAnother(
      LabLogs.LabLog log, KillEvent kill, PlainPipeline.Result result) {
    return log.scenario().equals("07-pagetables")
        && kill != result.kills().get(0)
        && kill.cause().primary() == Cause.Kind.UNACCOUNTED_KERNEL_MEMORY;
  }

  /** The console of the storm ends before any of its reports: a serial line is too slow for it. */
  private static boolean isCutConsole(LabLogs.LabLog log) {
    return log.scenario().equals("20-storm") && log.form().equals("console.log");
  }

  /** Of such a kill the kernel printed the last line alone: whose limit it was, but not why. */
  private static boolean isRateLimited(KillEvent kill) {
    return !kill.block().sections().contains("INVOCATION") && !isMemcg(kill);
  }

  private static boolean isMemcg(KillEvent kill) {
    return kill.scope().kind() == Scope.Kind.MEMCG;
  }

  /** The console shows what the log level lets through, cut at any place. */
  private static boolean hasWholeReports(LabLogs.LabLog log) {
    return !isCutConsole(log)
        && (!log.scenario().equals("24-interleaved") || !log.form().equals("console.log"));
  }

  /** Text forms carry no facility: what is forged there shows by its figures alone. */
  private static boolean isLostInText(LabLogs.LabLog log, String kind) {
    return kind.equals("LOG_LOSS") && log.form().equals("console.log");
  }

  /** The processes that share the victim's memory die without a line of their own. */
  private static Map<Long, JsonNode> chosenByTheKernel(LabLogs.LabLog log) {
    Map<Long, JsonNode> dead = new TreeMap<>();
    log.truth().get("sigkilled").forEach(p -> dead.put(p.get("pid").asLong(), p));
    if (log.scenario().equals("17-shared-mm")) {
      List<Long> named = new ArrayList<>();
      PlainPipeline.run(log).kills().forEach(k -> named.add(k.victim().pid()));
      assertThat(named).hasSize(1);
      dead.keySet().retainAll(named);
    }
    return dead;
  }

  private static String bytesOf(KillEvent kill) {
    String hex = kill.victim().commHex();
    return hex != null
        ? hex
        : HexFormat.of().formatHex(kill.victim().comm().getBytes(StandardCharsets.UTF_8));
  }
}

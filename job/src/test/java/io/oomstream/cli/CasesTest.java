package io.oomstream.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.oomstream.event.AnomalySignal;
import io.oomstream.event.EventJson;
import io.oomstream.event.KillEvent;
import io.oomstream.event.OutgoingEvent;
import io.oomstream.event.SchemaAssert;
import io.oomstream.event.SignalKind;
import io.oomstream.event.section.KnownBy;
import io.oomstream.event.section.Scope;
import io.oomstream.event.section.Tasks;
import io.oomstream.event.section.Trigger;
import io.oomstream.event.section.Victim;
import io.oomstream.lab.PlainPipeline;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Small inputs, each of a kind that went wrong once. */
class CasesTest {

  private static final Path CASES = Path.of("src/test/resources/cases");

  @Test
  void rowsCutAtTheRight() throws Exception {
    KillEvent kill = oneKill("02-rows-cut-at-the-right.log");
    assertThat(kill.victim().comm()).isEqualTo("python3");
    assertThat(kill.victim().pageTableBytes()).isEqualTo(180_224L);
    assertThat(kill.victim().oomScoreAdj()).isNull();
    Tasks.Row row = Objects.requireNonNull(kill.tasks()).rows().get(0);
    assertThat(row.pageTableBytes()).isEqualTo(180_224L);
    assertThat(row.oomScoreAdj()).isNull();
    assertThat(row.comm()).isNull();
    assertThat(kill.block().complete()).isFalse();
  }

  @Test
  void theReaperNamesTheVictim() throws Exception {
    KillEvent kill = oneKill("03-reaper-names-the-victim.log");
    assertThat(kill.victim().pid()).isEqualTo(585_588L);
    assertThat(kill.victim().comm()).isEqualTo("java");
    assertThat(kill.knownBy()).isEqualTo(KnownBy.REAPER);
    assertThat(kill.block().complete()).isFalse();
    assertThat(kill.cause().why()).anyMatch(why -> why.contains("oom_reaper"));
  }

  @Test
  void whatAPersonLeftOutIsMissing() throws Exception {
    KillEvent kill = oneKill("05-elided-by-hand.log");
    assertThat(kill.block().complete()).isFalse();
    assertThat(kill.block().sections()).doesNotContain("CALL_TRACE");
    assertThat(kill.callTrace()).isEmpty();
  }

  @Test
  void announcedOnly() throws Exception {
    KillEvent kill = oneKill("10-announced-only.log");
    assertThat(kill.victim().pid()).isEqualTo(30_705L);
    assertThat(kill.victim().comm()).isEqualTo("mysqld");
    assertThat(kill.knownBy()).isEqualTo(KnownBy.ANNOUNCEMENT);
    assertThat(kill.cause().why())
        .anyMatch(why -> why.contains("Chosen: 30705 (mysqld), or a child of it"));
    assertThat(kill.block().complete()).isFalse();
  }

  @Test
  void summaryAndReaperOnly() throws Exception {
    KillEvent kill = oneKill("11-summary-and-reaper-only.log");
    assertThat(kill.victim().pid()).isEqualTo(11_638L);
    assertThat(kill.victim().comm()).isEqualTo("uwsgi");
    assertThat(kill.knownBy()).isEqualTo(KnownBy.REAPER);
    assertThat(kill.victim().uid()).isZero();
    assertThat(kill.scope().limitCgroup()).isEqualTo("/a");
  }

  @Test
  void failuresWhoseHeadWasTorn() throws Exception {
    for (String name : List.of("12-failure-head-gone.log", "13-failure-in-pieces.log")) {
      PlainPipeline.Result result = read(name).one();
      assertThat(result.signals())
          .extracting(AnomalySignal::kind)
          .containsExactly(SignalKind.ALLOCATION_FAILURE);
      Trigger trigger = Objects.requireNonNull(result.blocks().get(0).trigger());
      assertThat(trigger.comm()).isEqualTo("swapper/20");
      assertThat(trigger.order()).isZero();
      assertThat(Objects.requireNonNull(trigger.gfp()).names()).containsExactly("GFP_ATOMIC");
    }
  }

  @Test
  void indentedWithoutStamps() throws Exception {
    KillEvent kill = oneKill("15-indented-no-stamp.log");
    assertThat(kill.scope().kind()).isEqualTo(Scope.Kind.CPUSET);
    assertThat(kill.scope().memsAllowed()).isEqualTo("4");
    assertThat(Objects.requireNonNull(kill.trigger()).comm()).isEqualTo("runc:[2:INIT]");
    assertThat(kill.trigger().pid()).isEqualTo(8_291L);
  }

  @Test
  void indentedPanic() throws Exception {
    PlainPipeline.Result result = read("16-indented-panic.log").one();
    assertThat(result.signalKinds()).contains(SignalKind.OOM_PANIC);
    assertThat(Objects.requireNonNull(result.blocks().get(0).trigger()).comm())
        .isEqualTo("syz-executor");
  }

  @Test
  void proseIsNoKernelLine() throws Exception {
    ReadLog.Result read = read("17-prose.log");
    assertThat(read.hosts().values())
        .allSatisfy(
            result -> {
              assertThat(result.kills()).isEmpty();
              assertThat(result.signals()).isEmpty();
            });
    assertThat(read.summary().kernelLines()).isZero();
  }

  @Test
  void theFirstStampIsCut() throws Exception {
    KillEvent kill = oneKill("18-first-stamp-cut-swapcached.log");
    assertThat(Objects.requireNonNull(kill.trigger()).comm()).isEqualTo("alloc_anon");
    assertThat(kill.block().complete()).isTrue();
  }

  @Test
  void oneKillOfOomdInTwoLines() throws Exception {
    List<AnomalySignal> signals = read("22-one-oomd-kill-two-lines.log").one().signals();
    assertThat(signals).hasSize(1);
    assertThat(signals.get(0).kind()).isEqualTo(SignalKind.USERSPACE_OOM_KILL);
    assertThat(Objects.requireNonNull(signals.get(0).userspaceKill()).processes()).isEqualTo(12);
    assertThat(signals.get(0).time()).isNotNull();
    assertThat(signals.get(0).summary()).contains("12 process(es)");
  }

  @Test
  void theReaperOfAnother() throws Exception {
    List<KillEvent> kills = read("27-reaper-of-another.log").one().kills();
    assertThat(kills).extracting(kill -> kill.victim().pid()).containsExactly(7L, 8248L);
    assertThat(kills.get(1).victim().comm()).isEqualTo("docker");
    assertThat(kills.get(1).knownBy()).isEqualTo(KnownBy.REAPER);
    assertThat(kills.get(0).victim().totalVmBytes()).isNull();
    assertThat(kills.get(0).cause().why()).anyMatch(why -> why.contains("edited"));
  }

  @Test
  void aKillLineCutInAFigure() throws Exception {
    PlainPipeline.Result result = read("28-kill-line-cut-in-a-figure.kmsg").one();
    assertThat(result.kills()).hasSize(1);
    Victim victim = result.kills().get(0).victim();
    assertThat(victim.pid()).isEqualTo(5_071L);
    assertThat(victim.comm()).isEqualTo("a.out");
    assertThat(victim.totalVmBytes()).isNull();
    assertThat(result.signals()).isEmpty();
    assertThat(result.kills().get(0).block().complete()).isFalse();
  }

  @Test
  void grepOfTheLastLines() throws Exception {
    KillEvent kill = oneKill("30-grep-B15-of-the-seed.log");
    assertThat(kill.host().pageSizeBytes()).isEqualTo(4096);
    assertThat(Objects.requireNonNull(kill.tasks()).rows()).allMatch(row -> row.rssBytes() != null);
    assertThat(kill.victim().pageTableBytes()).isEqualTo(22_374_600_704L / 4096 * 4096 + 368_640);
    assertThat(kill.cause().why()).noneMatch(why -> why.contains("only the kill line"));
    assertThat(kill.cause().why()).anyMatch(why -> why.contains("20.8 GiB of page tables"));
  }

  private static KillEvent oneKill(String name) throws Exception {
    List<KillEvent> kills = read(name).one().kills();
    assertThat(kills).hasSize(1);
    return kills.get(0);
  }

  private static ReadLog.Result read(String name) throws Exception {
    ReadLog.Result read = ReadLog.of(CASES.resolve(name));
    for (PlainPipeline.Result result : read.hosts().values()) {
      result
          .kills()
          .forEach(
              kill -> SchemaAssert.assertValid(OutgoingEvent.Type.KILL, EventJson.toBytes(kill)));
      result
          .signals()
          .forEach(s -> SchemaAssert.assertValid(OutgoingEvent.Type.SIGNAL, EventJson.toBytes(s)));
    }
    return read;
  }
}

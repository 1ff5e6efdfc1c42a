package io.oomstream.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.oomstream.event.section.Badness;
import io.oomstream.event.section.Blame;
import io.oomstream.event.section.BlockInfo;
import io.oomstream.event.section.Cause;
import io.oomstream.event.section.Evidence;
import io.oomstream.event.section.Gfp;
import io.oomstream.event.section.Host;
import io.oomstream.event.section.KillReason;
import io.oomstream.event.section.KnownBy;
import io.oomstream.event.section.Memcg;
import io.oomstream.event.section.Memory;
import io.oomstream.event.section.Provenance;
import io.oomstream.event.section.Reaper;
import io.oomstream.event.section.Scope;
import io.oomstream.event.section.Slab;
import io.oomstream.event.section.Swap;
import io.oomstream.event.section.Tasks;
import io.oomstream.event.section.Trigger;
import io.oomstream.event.section.TriggerPath;
import io.oomstream.event.section.Unit;
import io.oomstream.event.section.Victim;
import io.oomstream.event.section.Workload;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SchemaAssertTest {

  private static final Host HOST = new Host("node-1", null, "6.1.0-50-amd64", null, "G", 4096L);
  private static final Evidence EVIDENCE = Evidence.number("swap free", 4096, Unit.BYTES, 0L, null);
  private static final BlockInfo BLOCK =
      new BlockInfo(
          "b-1",
          false,
          List.of("INVOCATION", "KILL"),
          List.of("MEM_INFO"),
          BlockInfo.ClosedBy.GAP,
          2,
          null,
          3L,
          1,
          List.of("a line that nobody knows"),
          new BlockInfo.Position("kernel.logs", 0, 17),
          null);
  private static final Trigger TRIGGER =
      new Trigger(
          "kswapd0",
          111L,
          0L,
          5,
          -1,
          null,
          -1000,
          new Gfp(
              "0xcc0",
              List.of("IO", "FS"),
              List.of("GFP_KERNEL"),
              Gfp.DecodedBy.TABLE,
              true,
              true,
              true,
              "NORMAL",
              null,
              null,
              null),
          TriggerPath.KSWAPD,
          new Workload(null, null, null, null, "cron.service", null, null, null, null, null));
  private static final Memory MEMORY =
      new Memory(
          1L << 32,
          null,
          null,
          4096L,
          null,
          null,
          null,
          null,
          null,
          null,
          Map.of("active_anon", 4096L),
          List.of(new Memory.Node(0, Map.of("mapped", 0L), 12L, true)),
          List.of(
              new Memory.Zone(
                  0,
                  "Normal",
                  4096L,
                  null,
                  8192L,
                  null,
                  null,
                  null,
                  null,
                  null,
                  List.of(0L, 4096L),
                  -4096L,
                  true,
                  Map.of(),
                  null,
                  List.of(new Memory.FreeBlocks(0, 1, "UM")),
                  null)),
          List.of(new Memory.HugePages(null, 2 << 20, 1L, 1L, 0L)),
          new Memory.Accounting(8192L, -4096L, Map.of("anon", 8192L), null),
          null);
  private static final Memcg MEMCG =
      new Memcg(
          "/kubepods",
          null,
          1L,
          2L,
          new Memcg.Usage(null, null, 0L),
          null,
          null,
          new Memcg.Stats(Map.of("anon", 4096L), Map.of("pgfault", 7L)),
          null);
  private static final Tasks TASKS =
      new Tasks(
          1,
          List.of(new Tasks.Row(1L, 1L, 0L, "init", 0, null, null, null, null, null, null, null)),
          List.of(new Tasks.Group("init", 1, 4096L, null, null)),
          1,
          new Tasks.Totals(4096L, null, null));
  private static final Slab SLAB = new Slab(List.of(new Slab.Cache("task_struct", 1, 2)));
  private static final Scope SCOPE =
      new Scope(Scope.Kind.GLOBAL, "CONSTRAINT_NONE", null, null, null, null, null, null, null);
  private static final Cause CAUSE =
      new Cause(
          Cause.Kind.SWAP_EXHAUSTED,
          List.of(Cause.Kind.MEMORY_EXHAUSTED),
          List.of(EVIDENCE),
          "Swap is full.",
          null,
          null);

  private static final KillEvent KILL =
      new KillEvent(
          KillEvent.SCHEMA_VERSION,
          "k-1",
          Severity.WARNING,
          HOST,
          Instant.parse("2026-11-23T10:00:00.123456Z"),
          12L,
          new Victim(
              5071L,
              "a.out",
              null,
              0L,
              -1000,
              1L,
              2L,
              3L,
              4L,
              9L,
              null,
              null,
              new Badness(-5L, null, null, 1, "rss", null)),
          KillReason.OUT_OF_MEMORY,
          new Reaper(false, 0L, 0L, null),
          TRIGGER,
          SCOPE,
          new Workload("docker", null, null, null, null, null, null, "docker", null, null),
          MEMORY,
          MEMCG,
          TASKS,
          SLAB,
          List.of("dump_stack", "? oom_kill_process"),
          CAUSE,
          BLOCK,
          Provenance.KERNEL,
          new Blame(
              null,
              "the whole machine",
              new Blame.Party("hog", 7L, null, 4096L, null, 0L),
              null,
              null,
              new Blame.Party("a.out", 5071L, null, null, null, null),
              Blame.Role.BYSTANDER,
              "hog held more."),
          new Swap(Swap.State.ABSENT, "There is no swap.", 0L, 0L, null),
          null,
          KnownBy.REAPER);

  private static final AnomalySignal SIGNAL =
      new AnomalySignal(
          AnomalySignal.SCHEMA_VERSION,
          "s-1",
          SignalKind.OOM_STORM,
          Severity.CRITICAL,
          null,
          Instant.EPOCH,
          null,
          new AnomalySignal.Window(Instant.EPOCH, Instant.ofEpochSecond(60), null, null),
          null,
          5.5,
          5.0,
          Unit.COUNT,
          List.of(EVIDENCE),
          List.of("k-1"),
          "Five kills within a minute.",
          null,
          null,
          null,
          null,
          null,
          null,
          null,
          null,
          null);

  private static final MemoryBlock REPORT =
      new MemoryBlock(
          MemoryBlock.SCHEMA_VERSION,
          "b-1",
          MemoryBlock.Kind.OOM,
          HOST,
          null,
          null,
          TRIGGER,
          SCOPE,
          MEMORY,
          MEMCG,
          TASKS,
          SLAB,
          List.of(),
          List.of(5071L),
          null,
          null,
          List.of(new MemoryBlock.SelfCheck("zones", true, "1 = 1")),
          BLOCK,
          Provenance.UNVERIFIED,
          List.of("Out of memory: \uFFFD"),
          null);

  @ParameterizedTest
  @EnumSource(OutgoingEvent.Type.class)
  void acceptsWhatEventJsonWrites(OutgoingEvent.Type type) {
    SchemaAssert.assertValid(type, EventJson.toBytes(sample(type)));
  }

  @ParameterizedTest
  @EnumSource(OutgoingEvent.Type.class)
  void refusesUnknownFields(OutgoingEvent.Type type) {
    assertThat(violations(type, data -> data.put("more", 1)))
        .singleElement()
        .asString()
        .contains("more");
  }

  @ParameterizedTest
  @EnumSource(OutgoingEvent.Type.class)
  void refusesAMissingRequiredField(OutgoingEvent.Type type) {
    assertThat(violations(type, data -> data.remove("schemaVersion")))
        .singleElement()
        .asString()
        .contains("schemaVersion");
  }

  @ParameterizedTest
  @EnumSource(OutgoingEvent.Type.class)
  void refusesAnotherVersion(OutgoingEvent.Type type) {
    assertThat(violations(type, data -> data.put("schemaVersion", "2.0"))).hasSize(1);
  }

  @Test
  void refusesUnknownFieldsDeepInside() {
    assertThat(killViolations(data -> at(data, "/memory/zones/0/buddy/0").put("more", 1)))
        .singleElement()
        .asString()
        .contains("/memory/zones/0/buddy/0");
  }

  @Test
  void takesAnyNameInOpenMaps() {
    assertThat(killViolations(data -> at(data, "/memory/counters").put("new_in_7_3", 1))).isEmpty();
    assertThat(killViolations(data -> at(data, "/memory/counters").put("new_in_7_3", "1")))
        .hasSize(1);
  }

  @Test
  void refusesUnknownConstants() {
    assertThat(killViolations(data -> data.put("killReason", "BECAUSE"))).hasSize(1);
    assertThat(killViolations(data -> at(data, "/cause").put("primary", "memcg_limit"))).hasSize(1);
    assertThat(violations(OutgoingEvent.Type.SIGNAL, data -> data.put("kind", "OOM"))).hasSize(1);
  }

  @Test
  void refusesNull() {
    assertThat(killViolations(data -> data.putNull("time"))).isNotEmpty();
    assertThat(killViolations(data -> data.putNull("memcg"))).isNotEmpty();
    assertThat(killViolations(data -> at(data, "/victim").putNull("uid"))).hasSize(1);
    assertThat(killViolations(data -> at(data, "/memory/counters").putNull("free"))).hasSize(1);
  }

  @Test
  void refusesTextForNumbersAndFractionsOfBytes() {
    assertThat(killViolations(data -> at(data, "/victim").put("pid", "1"))).hasSize(1);
    assertThat(killViolations(data -> at(data, "/victim").put("rssBytes", 1.5))).hasSize(1);
    assertThat(killViolations(data -> at(data, "/victim").put("rssBytes", -1))).hasSize(1);
  }

  @Test
  void refusesTimesThatAreNotUtc() {
    assertThat(killViolations(data -> data.put("time", "2026-11-23T10:00:00+01:00"))).hasSize(1);
    assertThat(killViolations(data -> data.put("time", "Nov 23 10:00:00Z"))).hasSize(1);
  }

  @Test
  void refusesACauseWithoutEvidenceUnlessUndetermined() {
    Consumer<ObjectNode> bare = data -> at(data, "/cause").putArray("evidence");
    assertThat(killViolations(bare)).hasSize(1);
    assertThat(
            killViolations(bare.andThen(data -> at(data, "/cause").put("primary", "UNDETERMINED"))))
        .isEmpty();
  }

  @Test
  void saysWhatIsWrongAndWhere() {
    ObjectNode data = EventJson.toTree(KILL).deepCopy();
    at(data, "/victim").put("pid", "1");

    assertThatThrownBy(() -> SchemaAssert.assertValid(OutgoingEvent.Type.KILL, data))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("kill-1.0.json")
        .hasMessageContaining("/victim/pid");
    assertThatThrownBy(
            () ->
                SchemaAssert.assertValid(
                    OutgoingEvent.Type.KILL, "{".getBytes(StandardCharsets.UTF_8)))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("not JSON");
    assertThatCode(
            () ->
                SchemaAssert.assertValid(
                    new OutgoingEvent(
                        OutgoingEvent.Type.KILL,
                        "k-1",
                        null,
                        "s",
                        null,
                        null,
                        EventJson.toBytes(KILL))))
        .doesNotThrowAnyException();
  }

  /** One of each kind, with all that it may have. */
  static Object sample(OutgoingEvent.Type type) {
    return switch (type) {
      case KILL -> KILL;
      case SIGNAL -> SIGNAL;
      case BLOCK -> REPORT;
    };
  }

  private static List<String> killViolations(Consumer<ObjectNode> change) {
    return violations(OutgoingEvent.Type.KILL, change);
  }

  private static List<String> violations(OutgoingEvent.Type type, Consumer<ObjectNode> change) {
    ObjectNode data = EventJson.toTree(sample(type)).deepCopy();
    change.accept(data);
    return SchemaAssert.violations(type, data);
  }

  private static ObjectNode at(JsonNode data, String pointer) {
    return (ObjectNode) data.at(pointer);
  }
}

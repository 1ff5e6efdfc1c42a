package io.oomstream.diagnosis.cause;

import io.oomstream.block.text.NodeList;
import io.oomstream.diagnosis.context.BlockLines;
import io.oomstream.diagnosis.context.DiagnosisContext;
import io.oomstream.diagnosis.context.Facts;
import io.oomstream.diagnosis.context.HumanUnits;
import io.oomstream.diagnosis.context.NotShort;
import io.oomstream.diagnosis.context.ZoneView;
import io.oomstream.event.section.Cause;
import io.oomstream.event.section.Evidence;
import io.oomstream.event.section.Memory;
import io.oomstream.event.section.Scope;
import io.oomstream.kernel.LineRule;
import io.oomstream.kernel.Section;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A cpuset or memory policy kept the request to nodes that are full. */
public record PlacementRule() implements CauseRule {

  @Override
  public Cause.Kind kind() {
    return Cause.Kind.CPUSET_OR_POLICY;
  }

  @Override
  public Set<Section> needs() {
    return Set.of();
  }

  @Override
  public @Nullable Finding find(DiagnosisContext c) {
    Scope scope = c.block().scope();
    boolean cpuset = scope.kind() == Scope.Kind.CPUSET;
    if (!cpuset && scope.kind() != Scope.Kind.MEMORY_POLICY) {
      return null;
    }
    String line = c.block().lineOf(LineRule.SUMMARY);
    if (line == null) {
      line = c.block().lineOf(LineRule.INVOKED);
    }
    List<Evidence> evidence = new ArrayList<>();
    evidence.add(
        Facts.text(
            c.say("fact.constraint"),
            scope.constraint() == null ? scope.kind().name() : scope.constraint(),
            line));
    String nodes = cpuset ? scope.memsAllowed() : scope.nodemask();
    if (nodes != null) {
      evidence.add(Facts.text(c.say(cpuset ? "fact.mems-allowed" : "fact.nodemask"), nodes, line));
    }
    String where = nodes == null ? c.say("where.its-nodes") : c.say("where.nodes", "nodes", nodes);
    String name = cpuset ? "placement.cpuset" : "placement.policy";
    String set = scope.cpuset() == null ? "" : scope.cpuset();
    List<String> why = new ArrayList<>();
    Memory.Zone above = unusedAbove(c, nodes);
    NotShort notShort = c.notShort();
    String words = notShort != null ? name + ".not-short" : above == null ? name : name + ".above";
    why.add(
        c.say(
            "cause." + words,
            "nodes",
            where,
            "cpuset",
            set,
            "bytes",
            HumanUnits.bytes(
                notShort != null
                    ? notShort.overBytes()
                    : above == null || above.freeBytes() == null ? 0 : above.freeBytes()),
            "zone",
            notShort != null
                ? ZoneView.name(notShort.zone())
                : above == null ? "" : ZoneView.name(above)));
    if (above != null && above.freeBytes() != null) {
      evidence.add(
          Facts.bytes(
              c.say("fact.zone.free", "zone", ZoneView.name(above)),
              above.freeBytes(),
              BlockLines.ofZone(c.block(), above)));
    }
    Long hidden = c.zones().hiddenFreeBytes();
    if (hidden != null && hidden > 0) {
      why.add(c.say("cause.placement.elsewhere", "bytes", HumanUnits.bytes(hidden)));
      evidence.add(
          Facts.bytes(
              c.say("fact.free-elsewhere"), hidden, BlockLines.ofCounter(c.block(), "free")));
    }
    return new Finding(
        kind(),
        Rank.PLACEMENT,
        0,
        List.copyOf(evidence),
        List.copyOf(why),
        advice(c, name, where, set, above));
  }

  private static List<String> advice(
      DiagnosisContext c, String name, String where, String set, Memory.@Nullable Zone above) {
    List<String> steps = new ArrayList<>();
    if (above != null && above.freeBytes() != null && c.notShort() == null) {
      steps.addAll(
          c.advice(
              above.name().equals("Movable") ? "zone.movable" : "zone.above",
              "zones",
              where,
              "other",
              ZoneView.name(above),
              "bytes",
              HumanUnits.bytes(above.freeBytes())));
    }
    steps.addAll(c.advice(name, "nodes", where, "cpuset", set));
    return List.copyOf(steps);
  }

  /**
   * A zone of the allowed nodes with memory to give, that the request may not use: all there is of
   * a node may be movable.
   */
  private static Memory.@Nullable Zone unusedAbove(DiagnosisContext c, @Nullable String nodes) {
    BitSet allowed = NodeList.parse(nodes);
    Memory.Zone zone = c.zones().freestOther();
    Double share = zone == null ? null : c.usage().share(zone.freeBytes());
    boolean onNode =
        zone != null && (allowed == null || zone.node() == null || allowed.get(zone.node()));
    boolean much = share == null || share >= c.thresholds().shortage().usableFreeShare();
    return onNode && much ? zone : null;
  }

  @Override
  public About about() {
    return new About(
        "placement",
        "the kernel names CONSTRAINT_CPUSET or CONSTRAINT_MEMORY_POLICY, or (older kernels) prints"
            + " a nodemask without some nodes of the cpuset",
        List.of("fact.constraint", "fact.mems-allowed", "fact.nodemask", "fact.free-elsewhere"),
        "PLACEMENT: the kernel itself says so",
        "mm/oom_kill.c: constrained_alloc");
  }
}

package io.oomstream.diagnosis;

import io.oomstream.event.Cause;
import io.oomstream.event.Evidence;
import io.oomstream.event.Scope;
import io.oomstream.kernel.LineRule;
import io.oomstream.kernel.Section;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A cpuset or memory policy kept the request to nodes that are full. */
record PlacementRule() implements CauseRule {

  @Override
  public Cause.Kind kind() {
    return Cause.Kind.CPUSET_OR_POLICY;
  }

  @Override
  public Set<Section> needs() {
    return Set.of();
  }

  @Override
  public @Nullable Finding find(Case c) {
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
            "constraint",
            scope.constraint() == null ? scope.kind().name() : scope.constraint(),
            line));
    String nodes = cpuset ? scope.memsAllowed() : scope.nodemask();
    if (nodes != null) {
      evidence.add(Facts.text(cpuset ? "mems_allowed" : "nodemask", nodes, line));
    }
    String where = nodes == null ? "its nodes" : "node " + nodes;
    String who =
        cpuset
            ? "cpuset " + (scope.cpuset() == null ? "" : scope.cpuset() + " ")
            : "a memory policy ";
    return new Finding(
        kind(),
        Rank.PLACEMENT,
        0,
        List.copyOf(evidence),
        (cpuset ? "The " + who : "A memory policy ")
            + "lets the request use "
            + where
            + " only, and there memory is used up",
        cpuset
            ? "widen cpuset.mems or move work off " + where
            : "widen the policy (numactl, mbind) or move work off " + where);
  }
}

package io.oomstream.diagnosis;

import io.oomstream.block.KernelBlock;
import io.oomstream.event.Scope;
import io.oomstream.event.Tasks;
import io.oomstream.event.Victim;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A report and what was worked out of it once: what the rules look at, and their words. */
record Case(
    KernelBlock block,
    Usage usage,
    ZoneView zones,
    Families families,
    @Nullable Crowd crowd,
    @Nullable NotShort notShort,
    Thresholds thresholds,
    Messages words) {

  static Case of(KernelBlock block, Thresholds thresholds, Language language) {
    Usage usage = Usage.of(block);
    ZoneView zones = ZoneView.of(block.memory(), block.trigger());
    Families families = Families.of(block.tasks());
    boolean pieces = Fragmentation.of(zones, block.trigger()) != null;
    return new Case(
        block,
        usage,
        zones,
        families,
        Crowd.of(block, usage, families),
        pieces ? null : NotShort.of(block.memory(), zones, usage, thresholds),
        thresholds,
        Messages.in(language));
  }

  boolean isGlobal() {
    return block.scope().kind() == Scope.Kind.GLOBAL;
  }

  boolean isMemcg() {
    return block.scope().kind() == Scope.Kind.MEMCG;
  }

  String say(String key, Object... namesAndValues) {
    return words.text(key, namesAndValues);
  }

  /** All steps of {@code advice.<name>.1} and on. */
  List<String> advice(String name, Object... namesAndValues) {
    List<String> steps = new ArrayList<>();
    for (int i = 1; words.has("advice." + name + "." + i); i++) {
      steps.add(say("advice." + name + "." + i, namesAndValues));
    }
    return List.copyOf(steps);
  }

  String who(Tasks.Row row) {
    return who(row.comm(), row.pid());
  }

  String who(Victim victim) {
    return who(victim.comm(), victim.pid());
  }

  /** {@code java (pid 42)}. */
  String who(@Nullable String comm, @Nullable Long pid) {
    String name = comm == null ? say("who.unnamed") : comm;
    return pid == null ? name : name + " (pid " + pid + ")";
  }
}
